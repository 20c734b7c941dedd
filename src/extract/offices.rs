//! What kinds of office there are, by their English roles.

/// Whether the role is that of a head of mission, envoy or consul: everybody whom a text gives as one is an appointment.
pub(super) fn is_head_of_mission(role: &str) -> bool {
    [
        "Ambassador",
        "Consul",
        "Chargé",
        "Envoy",
        "High Commissioner",
        "Nuncio",
        "Minister Plenipotentiary",
        "Minister Resident",
        "Head of Mission",
        "Permanent Representative",
        "Diplomatic Agent",
    ]
    .iter()
    .any(|head| role.contains(head))
        && role != "Special Envoy"
}

/// Whether the role is a consul's.
pub(super) fn is_consular(role: &str) -> bool {
    role.contains("Consul")
}

/// Whether the role is a monarch's or another's who is named by a given name.
pub(super) fn is_royal(role: &str) -> bool {
    [
        "King",
        "Queen",
        "Emperor",
        "Empress",
        "Prince",
        "Princess",
        "Grand Duke",
        "Duke",
        "Pope",
        "Sultan",
        "Emir",
        "Tsar",
        "Crown Prince",
    ]
    .contains(&role)
}
