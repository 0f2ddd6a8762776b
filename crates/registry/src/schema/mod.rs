//! The tables `registry_*` and what the lake is told of them.

mod appraise;
mod edge;
mod enterprises;
mod figures;
mod inventory;
mod measured;
mod migrate;
mod proofs;
mod systems;
mod telecom;

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
        Migration { name: "0020_assessments", up: appraise::assessments },
        Migration { name: "0021_rules", up: appraise::rules },
        Migration { name: "0022_waves", up: appraise::waves },
        Migration { name: "0030_moves", up: migrate::moves },
        Migration { name: "0031_levels", up: migrate::levels },
        Migration { name: "0040_baselines", up: figures::baselines },
        Migration { name: "0041_figures", up: figures::figures },
        Migration { name: "0052_found", up: inventory::found },
        Migration { name: "0054_contracts", up: inventory::contracts },
        Migration { name: "0055_costs", up: edge::costs },
        Migration { name: "0055_labels", up: edge::labels },
        Migration { name: "0056_measured", up: measured::measured },
        Migration { name: "0057_proofs", up: proofs::proofs },
        Migration { name: "0058_telecom", up: telecom::telecom },
        Migration { name: "0059_move_days", up: appraise::move_days },
        Migration { name: "0060_listed", up: inventory::listed },
        Migration { name: "0062_planned_by", up: appraise::planned_by },
        Migration { name: "0064_left_days", up: migrate::left_days },
        Migration { name: "0066_label_hands", up: edge::label_hands },
        Migration { name: "0068_in_place", up: appraise::in_place },
        Migration { name: "0070_enterprises", up: enterprises::enterprises },
    ],
};
