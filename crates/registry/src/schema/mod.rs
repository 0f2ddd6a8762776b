//! The tables `registry_*` and what the lake is told of them.

mod inventory;
mod systems;

use db::{Migration, ModuleMigrations};

pub const MIGRATIONS: ModuleMigrations = ModuleMigrations {
    module: "registry",
    steps: &[
        Migration { name: "0001_systems", up: systems::systems },
        Migration { name: "0002_orders", up: systems::orders },
        Migration { name: "0010_inventory", up: inventory::inventory },
        Migration { name: "0011_orders", up: inventory::orders },
        Migration { name: "0012_papers", up: inventory::papers },
        Migration { name: "0013_components", up: inventory::components },
        Migration { name: "0014_heads", up: inventory::heads },
        Migration { name: "0015_apart", up: inventory::apart },
    ],
};
