//! What kinds of office there are, by their English roles.

/// The role of a minister who heads a legation, told apart from a member of a government.
pub(super) const HEAD_OF_LEGATION: &str = "Head of Legation";

/// The role as facts give it: who heads a legation is called Minister.
pub(super) fn as_told(role: &str) -> &str {
    if role == HEAD_OF_LEGATION {
        "Minister"
    } else {
        role
    }
}

/// What the roles of heads of mission have in them.
const HEADS: [&str; 14] = [
    "Ambassador",
    "Consul",
    "Chargé",
    "Envoy",
    "High Commissioner",
    "Nuncio",
    "Internuncio",
    "Apostolic Delegate",
    "Minister Plenipotentiary",
    "Minister Resident",
    "Head of Mission",
    "Permanent Representative",
    "Diplomatic Agent",
    HEAD_OF_LEGATION,
];

/// Whether the role is that of a head of mission, envoy or consul: everybody whom a text gives as one is an appointment.
pub(super) fn is_head_of_mission(role: &str) -> bool {
    // Each of them begins with a capital.
    let capitals = role.match_indices(|c: char| c.is_ascii_uppercase());
    let mut behind = capitals.filter_map(|(at, _)| role.get(at..));
    behind.any(|behind| HEADS.iter().any(|head| behind.starts_with(head)))
        && role != "Special Envoy"
}

/// Whether the role is that of a head of state or of a member of a government at home: nobody holds it as a head of mission.
pub(super) fn is_of_government(role: &str) -> bool {
    is_royal(role)
        || ["President", "Vice President", "Prime Minister"].contains(&role)
        || role != "Minister" && role.ends_with("Minister") && !is_head_of_mission(role)
}

/// Whether the role is that of an envoy of the Holy See.
pub(super) fn is_papal(role: &str) -> bool {
    role.contains("Nuncio") || ["Internuncio", "Apostolic Delegate"].contains(&role)
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
        "Archduke",
        "Archduchess",
        "Grand Duke",
        "Duke",
        "Pope",
        "Sultan",
        "Emir",
        "Tsar",
        "Crown Prince",
        "Crown Princess",
        "Archduke",
        "Grand Duchess",
        "Duchess",
        "Shah",
        "Maharaja",
    ]
    .contains(&role)
}
