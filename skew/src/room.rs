//! Rooms full of pages.

use crate::device::Device;
use crate::method::{Method, estimate};
use crate::scenario::Scenario;
use crate::spread::{median, spread};

/// Pages in a room.
pub const PAGES: u64 = 200;

/// Rooms that are drawn of each scenario, one for each seed from 0.
pub const ROOMS: u64 = 20;

/// A room full of pages that wait for one instant. Everything is in microseconds.
#[derive(Debug)]
pub struct Room {
    devices: Vec<Device>,
}

impl Room {
    /// The room of this seed.
    pub fn drawn(scenario: &Scenario, seed: u64) -> Self {
        Self { devices: (0..PAGES).map(|number| Device::drawn(scenario, seed, number)).collect() }
    }

    /// How late each page reveals.
    pub fn errors_us(&self, method: Method) -> Vec<f64> {
        self.devices.iter().map(|device| method.error_us(device)).collect()
    }

    /// From the first reveal to the last.
    pub fn spread_us(&self, method: Method) -> f64 {
        spread(&self.errors_us(method))
    }

    /// What that would be if nothing but the paths' asymmetry misled the pages.
    pub fn floor_us(&self) -> f64 {
        spread(&self.devices.iter().map(Device::asymmetry_us).collect::<Vec<_>>())
    }

    /// How wrong each of our pages says that it may be; nothing is promised without an estimate.
    pub fn bounds_us(&self) -> Vec<f64> {
        let bound_us = |device| estimate(device).map_or(f64::INFINITY, |estimate| estimate.error_us as f64);
        self.devices.iter().map(bound_us).collect()
    }

    /// Our pages that are more wrong than they say.
    pub fn uncovered(&self) -> usize {
        let errors = self.errors_us(Method::Ours);
        errors.iter().zip(self.bounds_us()).filter(|(error_us, bound_us)| error_us.abs() > *bound_us).count()
    }
}

/// The rooms of a scenario.
#[derive(Debug)]
pub struct Rooms(Vec<Room>);

impl Rooms {
    /// The same ones each time.
    pub fn drawn(scenario: &Scenario) -> Self {
        Self((0..ROOMS).map(|seed| Room::drawn(scenario, seed)).collect())
    }

    /// The median over the rooms.
    pub fn median(&self, of: impl Fn(&Room) -> f64) -> f64 {
        median(&self.0.iter().map(of).collect::<Vec<_>>())
    }

    /// The median over the rooms of the spread.
    pub fn spread_us(&self, method: Method) -> f64 {
        self.median(|room| room.spread_us(method))
    }

    /// Pages of all rooms that are more wrong than they say.
    pub fn uncovered(&self) -> usize {
        self.0.iter().map(Room::uncovered).sum()
    }
}
