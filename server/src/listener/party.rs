//! Whom a connection is counted with, and how many places each has.

use crate::storage::Identity;
use protocol::ids::TeamId;
use std::net::{IpAddr, Ipv6Addr};

/// Connections of one address without a session: a hall that loads the login page behind one router.
const OF_ADDRESS: usize = 2_048;
/// Connections of one team: its open pages, and what their browsers open beside the link.
pub(super) const OF_TEAM: usize = 64;
/// Connections of all desks.
const OF_DESK: usize = 256;
/// Connections of one game's big screens.
const OF_SCREEN: usize = 64;

/// Whom a connection is counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Whoever has no session, by address.
    Address(IpAddr),
    /// A team.
    Team(TeamId),
    /// The quizmaster.
    Desk,
    /// The big screens of a game.
    Screen(i64),
}

impl Party {
    /// Somebody without a session.
    pub fn at(address: IpAddr) -> Self {
        Self::Address(network(address))
    }

    /// Whoever a session belongs to.
    pub fn of(identity: Identity) -> Self {
        match identity {
            Identity::Team { team, .. } => Self::Team(team),
            Identity::Quizmaster => Self::Desk,
            Identity::Screen { game } => Self::Screen(game),
        }
    }

    /// Whether it has no session.
    pub fn is_stranger(self) -> bool {
        matches!(self, Self::Address(_))
    }

    /// Connections that it can have at once.
    pub fn places(self) -> usize {
        match self {
            Self::Address(_) => OF_ADDRESS,
            Self::Team(_) => OF_TEAM,
            Self::Desk => OF_DESK,
            Self::Screen(_) => OF_SCREEN,
        }
    }
}

/// What counts as one address: of IPv6 the network, for a laptop has as many addresses in it as it likes.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}
