package io.github.dbtc4j.client.access;

/// Whose token a client carries, as far as its prefix tells.
///
/// The prefixes are not documented; they are those of the tokens in public examples and
/// configurations. Nothing is decided by them, they only help to explain.
public enum TokenKind {
    /// A service account's (`dbtc_`).
    SERVICE,
    /// A person's (`dbtu_`).
    PERSONAL,
    /// Of another form, such as those of former years.
    UNKNOWN
}
