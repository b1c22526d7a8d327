//! Function: the functions that expressions call, one table for the resolver, the engine, completion and the reference.

/// What is known of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The function.
    pub function: Function,
    /// Its name as the reference writes it; any case is accepted.
    pub name: &'static str,
    /// Its arguments, as the reference shows them: `list, separator`. Those in brackets may be left out.
    pub arguments: &'static str,
    /// The least number of arguments.
    pub least: usize,
    /// The greatest number of arguments; none where any number will do.
    pub most: Option<usize>,
    /// What it yields, in a sentence.
    pub summary: &'static str,
}

/// Makes the functions and their table of the same rows; the first name of a function is its own, the others are accepted too.
macro_rules! functions {
    ($($function:ident [$($name:literal)+] $arguments:literal $least:literal $most:tt $summary:literal;)*) => {
        /// A function, by what it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Function {
            $(#[doc = $summary] $function,)*
        }

        /// Every function; one with several names has a row for each, its own name first.
        pub const FUNCTIONS: &[Signature] = &[$($(Signature {
            function: Function::$function,
            name: $name,
            arguments: $arguments,
            least: $least,
            most: functions!(@most $most),
            summary: $summary,
        },)+)*];
    };
    (@most many) => { None };
    (@most $most:literal) => { Some($most) };
}

functions! {
    // Of any value.
    Coalesce ["coalesce"] "value, …" 1 many "The first of its arguments that is not null.";
    NullIf ["nullIf"] "value, other" 2 2 "The first argument, or null where the two are equal.";
    Exists ["exists"] "value" 1 1 "Whether there is a value.";
    Size ["size" "char_length" "character_length"] "list or text" 1 1 "The number of members of a list, or of characters of a text.";
    IsEmpty ["isEmpty"] "list, map or text" 1 1 "Whether a list, a map or a text has nothing in it.";
    Reverse ["reverse"] "list or text" 1 1 "The list or the text backwards.";
    ToText ["toString"] "value" 1 1 "The value as a text.";
    ToTextOrNull ["toStringOrNull"] "value" 1 1 "The value as a text, or null where it has none.";
    ToInteger ["toInteger" "toInt"] "value" 1 1 "The value as an integer, cut off at the point; null where a text is none.";
    ToIntegerOrNull ["toIntegerOrNull"] "value" 1 1 "The value as an integer, or null where it is none.";
    ToFloat ["toFloat"] "value" 1 1 "The value as a number with a point; null where a text is none.";
    ToFloatOrNull ["toFloatOrNull"] "value" 1 1 "The value as a number with a point, or null where it is none.";
    ToBoolean ["toBoolean"] "value" 1 1 "The value as true or false; null where a text is neither.";
    ToBooleanOrNull ["toBooleanOrNull"] "value" 1 1 "The value as true or false, or null where it is neither.";
    ToTextList ["toStringList"] "list" 1 1 "Each member as a text, or null.";
    ToIntegerList ["toIntegerList"] "list" 1 1 "Each member as an integer, or null.";
    ToFloatList ["toFloatList"] "list" 1 1 "Each member as a number with a point, or null.";
    ToBooleanList ["toBooleanList"] "list" 1 1 "Each member as true or false, or null.";

    // Of nodes, relationships and paths.
    Id ["id"] "node or relationship" 1 1 "A number that tells nodes, or relationships, apart; it is good within one version of a graph only.";
    ElementId ["elementId"] "node or relationship" 1 1 "The same as a text.";
    Labels ["labels"] "node" 1 1 "The labels of a node: its kinds as patterns write them.";
    Type ["type"] "relationship" 1 1 "The type of a relationship as patterns write it.";
    Keys ["keys"] "node, relationship or map" 1 1 "The names of its properties that have a value.";
    Properties ["properties"] "node, relationship or map" 1 1 "Its properties as a map.";
    StartNode ["startNode"] "relationship" 1 1 "The node that a relationship starts from.";
    EndNode ["endNode"] "relationship" 1 1 "The node that a relationship leads to.";
    Nodes ["nodes"] "path" 1 1 "The nodes of a path, in order.";
    Relationships ["relationships" "rels"] "path" 1 1 "The relationships of a path, in order.";
    Length ["length"] "path" 1 1 "The number of relationships of a path.";

    // Of lists.
    Head ["head"] "list" 1 1 "The first member.";
    Last ["last"] "list" 1 1 "The last member.";
    Tail ["tail"] "list" 1 1 "All members but the first.";
    Range ["range"] "from, to, [step]" 2 3 "The integers from one to another, both among them.";

    // Of texts.
    ToLower ["toLower" "lower"] "text" 1 1 "The text in lower case.";
    ToUpper ["toUpper" "upper"] "text" 1 1 "The text in upper case.";
    Left ["left"] "text, length" 2 2 "The first characters of a text.";
    Right ["right"] "text, length" 2 2 "The last characters of a text.";
    Substring ["substring"] "text, start, [length]" 2 3 "The characters of a text from a position on, the first being 0.";
    Replace ["replace"] "text, sought, by" 3 3 "The text with every occurrence of one text replaced by another.";
    Split ["split"] "text, separator" 2 2 "The parts of a text between separators, as a list; several separators stand in a list.";
    Trim ["trim" "btrim"] "text, [characters]" 1 2 "The text without the blanks, or the given characters, at both ends.";
    TrimLeft ["lTrim"] "text, [characters]" 1 2 "The text without the blanks, or the given characters, at its start.";
    TrimRight ["rTrim"] "text, [characters]" 1 2 "The text without the blanks, or the given characters, at its end.";

    // Of numbers.
    Absolute ["abs"] "number" 1 1 "The number without its sign.";
    Ceiling ["ceil" "ceiling"] "number" 1 1 "The least whole number that is not below.";
    Floor ["floor"] "number" 1 1 "The greatest whole number that is not above.";
    Round ["round"] "number, [digits], [mode]" 1 3 "The nearest number with so many digits behind the point; halves go up, or as the mode says: 'UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN'.";
    Sign ["sign"] "number" 1 1 "-1, 0 or 1: whether the number is below, at or above zero.";
    IsNaN ["isNaN"] "number" 1 1 "Whether it is not a number (0.0 / 0.0).";
    Random ["rand"] "" 0 0 "A random number from 0 up to and without 1.";
    SquareRoot ["sqrt"] "number" 1 1 "The square root.";
    Exponential ["exp"] "number" 1 1 "e to the power of the number.";
    NaturalLogarithm ["log" "ln"] "number" 1 1 "The natural logarithm.";
    DecimalLogarithm ["log10"] "number" 1 1 "The logarithm to the base 10.";
    Euler ["e"] "" 0 0 "The base of the natural logarithms, 2.718…";
    Pi ["pi"] "" 0 0 "The circumference of a circle over its diameter, 3.141…";
    Sine ["sin"] "radians" 1 1 "The sine.";
    Cosine ["cos"] "radians" 1 1 "The cosine.";
    Tangent ["tan"] "radians" 1 1 "The tangent.";
    Cotangent ["cot"] "radians" 1 1 "The cotangent.";
    ArcSine ["asin"] "number" 1 1 "The angle, in radians, that has this sine.";
    ArcCosine ["acos"] "number" 1 1 "The angle, in radians, that has this cosine.";
    ArcTangent ["atan"] "number" 1 1 "The angle, in radians, that has this tangent.";
    ArcTangent2 ["atan2"] "y, x" 2 2 "The angle, in radians, of the point that is so far up and so far right.";
    HyperbolicSine ["sinh"] "number" 1 1 "The hyperbolic sine.";
    HyperbolicCosine ["cosh"] "number" 1 1 "The hyperbolic cosine.";
    HyperbolicTangent ["tanh"] "number" 1 1 "The hyperbolic tangent.";
    Degrees ["degrees"] "radians" 1 1 "The angle in degrees.";
    Radians ["radians"] "degrees" 1 1 "The angle in radians.";
    Haversine ["haversin"] "radians" 1 1 "Half of one minus the cosine.";

    // Of dates and times. The present is the same throughout a query.
    Timestamp ["timestamp"] "" 0 0 "The present, in milliseconds since 1970.";
    Date ["date"] "[text, map or date]" 0 1 "A day; without an argument, today.";
    LocalTime ["localtime"] "[text, map or time]" 0 1 "A time of day that does not say where; without an argument, the present one.";
    Time ["time"] "[text, map or time]" 0 1 "A time of day with an offset; without an argument, the present one.";
    LocalDateTime ["localdatetime"] "[text, map or datetime]" 0 1 "A date and a time of day that do not say where; without an argument, the present.";
    DateTime ["datetime"] "[text, map or datetime]" 0 1 "A point in time; without an argument, the present.";
    Duration ["duration"] "text or map" 1 1 "A span of time.";
    DateNow ["date.statement" "date.transaction" "date.realtime"] "[zone]" 0 1 "Today.";
    LocalTimeNow ["localtime.statement" "localtime.transaction" "localtime.realtime"] "[zone]" 0 1 "The present time of day, without its zone.";
    TimeNow ["time.statement" "time.transaction" "time.realtime"] "[zone]" 0 1 "The present time of day.";
    LocalDateTimeNow ["localdatetime.statement" "localdatetime.transaction" "localdatetime.realtime"] "[zone]" 0 1 "The present, without its zone.";
    DateTimeNow ["datetime.statement" "datetime.transaction" "datetime.realtime"] "[zone]" 0 1 "The present.";
    DateTruncate ["date.truncate"] "unit, [value], [map]" 1 3 "The start of the 'year', 'month', 'week', … that a day is in, with the parts that the map sets.";
    LocalTimeTruncate ["localtime.truncate"] "unit, [value], [map]" 1 3 "The start of the 'hour', 'minute', … that a time is in, without its zone.";
    TimeTruncate ["time.truncate"] "unit, [value], [map]" 1 3 "The start of the 'hour', 'minute', … that a time is in.";
    LocalDateTimeTruncate ["localdatetime.truncate"] "unit, [value], [map]" 1 3 "The start of the 'year', 'day', 'hour', … that a value is in, without its zone.";
    DateTimeTruncate ["datetime.truncate"] "unit, [value], [map]" 1 3 "The start of the 'year', 'day', 'hour', … that a value is in.";
    DateTimeFromEpoch ["datetime.fromepoch"] "seconds, nanoseconds" 2 2 "The point in time so long after the start of 1970.";
    DateTimeFromEpochMillis ["datetime.fromepochmillis"] "milliseconds" 1 1 "The point in time so long after the start of 1970.";
    DurationBetween ["duration.between"] "from, to" 2 2 "The span from one value to another, in months, days and seconds.";
    DurationInMonths ["duration.inMonths"] "from, to" 2 2 "The span in whole months.";
    DurationInDays ["duration.inDays"] "from, to" 2 2 "The span in whole days.";
    DurationInSeconds ["duration.inSeconds"] "from, to" 2 2 "The span in seconds.";

    // Of this graph: evidence, hedges, intervals and the hierarchy.
    IsA ["is_a"] "node or id, node or id" 2 2 "Whether the first is the second or one of it; null where the first is stated more broadly, or is nothing that the graph has.";
    Identical ["identical"] "value, value" 2 2 "Whether two values are the very same: intervals bound by bound, texts letter by letter.";
    Mentions ["mentions"] "relationship, node or id" 2 2 "Whether a qualifier of the relationship names the node, whichever qualifier it is.";
    Fold ["fold"] "text" 1 1 "The text without case, hyphens and underscores, as phrases compare it; of a list, each member.";
    Name ["name"] "node or id" 1 1 "The name of a node, also by its id; other texts are what they are.";
    Kinds ["kinds"] "node or id" 1 1 "The kinds of a node by their ids in the schema, as phrases write them.";
    Quantity ["quantity"] "text or number" 1 1 "A number, percentage, ratio or duration, exact or an interval: '50-80%', '>= 1 year', '1 in 5 million'.";
    Extent ["extent"] "text" 1 1 "A place on the scale of extent: 'some' < 'many' < 'most' < 'nearly all'.";
    Confidence ["confidence"] "text" 1 1 "A place on the scale of confidence: 'possible' < 'suggested' < 'stated'.";
    Statements ["statements"] "node" 1 1 "The asserted statements that speak of a node, each as the first of its relationships that does.";
    Qualifier ["qualifier"] "relationship, name" 2 2 "A qualifier of a relationship by its id in the schema, also where a property of every relationship has that name.";
    Evidence ["evidence"] "relationship" 1 1 "The evidence of a relationship: a list of maps with 'source', 'sentences', 'claim', and where they are known 'quote', 'publication', 'n', 'of'.";
}

/// The function that a name stands for, in any case.
pub fn function(name: &str) -> Option<&'static Signature> {
    FUNCTIONS.iter().find(|signature| signature.name.eq_ignore_ascii_case(name))
}

impl Function {
    /// What is known of the function, under its own name.
    pub fn signature(self) -> &'static Signature {
        // Every function has a row: both are made of the same text.
        FUNCTIONS.iter().find(|signature| signature.function == self).unwrap_or(&FUNCTIONS[0])
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        self.signature().name
    }

    /// Whether it yields the same of the same arguments each time: all do but those of chance.
    pub fn is_constant(self) -> bool {
        self != Function::Random
    }
}
