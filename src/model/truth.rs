//! Truth: true, false and unknown, joined as in Kleene's strong three-valued logic.

/// The outcome of a condition. The order is that of strength: false, then unknown, then true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// No reading of the data satisfies the condition.
    False,
    /// Some reading might.
    Unknown,
    /// Every reading does.
    True,
}

impl Truth {
    /// Both hold: the weaker of the two.
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// At least one holds: the stronger of the two.
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// The opposite; unknown stays unknown.
    #[allow(clippy::should_implement_trait)] // Reads beside `and` and `or`; an operator would hide the third value.
    pub fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }

    /// True where this is true or unknown: what `possibly` asks.
    pub fn possibly(self) -> Truth {
        Truth::from(self != Truth::False)
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};

    #[test]
    fn follows_kleenes_tables() {
        assert_eq!(True.and(Unknown), Unknown);
        assert_eq!(False.and(Unknown), False);
        assert_eq!(True.or(Unknown), True);
        assert_eq!(False.or(Unknown), Unknown);
        assert_eq!(Unknown.not(), Unknown);
        assert_eq!(Unknown.possibly(), True);
        assert_eq!(False.possibly(), False);
    }
}
