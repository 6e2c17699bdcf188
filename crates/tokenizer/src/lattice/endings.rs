//! Endings: the nodes that end at a position, and the cheapest connection of a word to one of them.
//!
//! Of the twelve or so words that end at a position of a news text, four can win on average: the others are so much
//! more expensive than the cheapest that no connection makes up for it, whatever word follows. The dictionary's index
//! says for each pair of contexts how much that is. So only a third of the connections are looked up, with the same
//! result as trying all of them.

use crate::dictionary::Dictionary;
use crate::dictionary::index::Tables;
use crate::lattice::node::{Link, NONE};

/// The costs of connections, and the bounds on their differences that the index holds.
#[derive(Clone, Copy)]
pub(super) struct Costs<'d> {
    dictionary: &'d Dictionary,
    index: Tables<'d>,
}

impl<'d> Costs<'d> {
    pub fn new(dictionary: &'d Dictionary, index: Tables<'d>) -> Costs<'d> {
        Costs { dictionary, index }
    }

    /// Returns the cost of the connection of each right context to a left context.
    #[inline]
    pub fn to(self, left: u16) -> &'d [i16] {
        self.dictionary.lindera().connection_cost_matrix.row(u32::from(left))
    }
}

/// The cheapest connection to a left context.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Connection {
    /// The position that this belongs to, counted over all positions of all sentences.
    stamp: u32,
    pub cost: i32,
    pub previous: u32,
}

/// A node that ends at the current position.
#[derive(Clone, Copy)]
struct Ending {
    cost: i32,
    node: u32,
    right: u16,
}

/// The nodes that end at the current position and can be on the cheapest path.
#[derive(Default)]
pub(super) struct Endings {
    list: Vec<Ending>,
    /// The cheapest connection to each left context.
    connections: Vec<Connection>,
    /// Marks the entries of `connections` that belong to the current position.
    stamp: u32,
}

impl Endings {
    /// Collects the nodes of a list.
    pub fn collect(&mut self, last: u32, links: &[Link], costs: Costs<'_>) {
        self.next_position(costs);
        self.list.clear();
        let mut cheapest = Ending { cost: i32::MAX, node: NONE, right: 0 };
        let mut node = last;
        while node != NONE {
            let Link { cost, next_end, right } = links[node as usize];
            let ending = Ending { cost, node, right };
            if cost < cheapest.cost {
                cheapest = ending;
            }
            self.list.push(ending);
            node = next_end;
        }
        self.drop_hopeless(cheapest, costs);
    }

    /// Drops the endings over which the cheapest has a lead that no connection makes up for.
    fn drop_hopeless(&mut self, cheapest: Ending, costs: Costs<'_>) {
        let leads = costs.index.leads(cheapest.right);
        let mut kept = 0;
        for place in 0..self.list.len() {
            let ending = self.list[place];
            // Written before it is known whether it is kept, which the processor could hardly predict.
            self.list[kept] = ending;
            kept += usize::from(ending.cost - cheapest.cost <= leads.over(ending.right));
        }
        self.list.truncate(kept);
    }

    fn next_position(&mut self, costs: Costs<'_>) {
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.connections.fill(Connection::default());
            self.stamp = 1;
        }
        self.connections.resize(costs.dictionary.contexts_in_use().0, Connection::default());
    }

    /// Returns the cheapest connection to a left context; of equal ones that of the node made last. Many words share a
    /// context, so the result is cached for the position.
    #[inline]
    pub fn cheapest(&mut self, left: u16, costs: Costs<'_>) -> Connection {
        let kept = self.connections[usize::from(left)];
        if kept.stamp == self.stamp {
            return kept;
        }
        let connection = self.find_cheapest(left, costs);
        self.connections[usize::from(left)] = connection;
        connection
    }

    #[inline]
    fn find_cheapest(&self, left: u16, costs: Costs<'_>) -> Connection {
        let row = costs.to(left);
        // The cost in the high bits, the inverted number of the node in the low ones: the least of such numbers is that
        // of the cheapest node, and of equal ones of the last made.
        let mut best = i64::MAX;
        for ending in &self.list {
            let cost = ending.cost + i32::from(row[usize::from(ending.right)]);
            best = best.min(i64::from(cost) << 32 | i64::from(!ending.node));
        }
        let node = best.cast_unsigned() as u32;
        Connection { stamp: self.stamp, cost: (best >> 32) as i32, previous: !node }
    }
}
