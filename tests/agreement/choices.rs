//! Choices: a list of numbers that decides what is made up; where it ends, the plainest is taken. Shorter lists make smaller things.

/// The numbers, and how many of them are used.
pub struct Choices<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Choices<'a> {
    /// From the first number on.
    pub fn new(numbers: &'a [u16]) -> Choices<'a> {
        Choices { numbers, at: 0 }
    }

    /// A number below `count`; 0 is the plainest.
    pub fn pick(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        if count == 0 { 0 } else { usize::from(number) % count }
    }

    /// One of several things; the first is the plainest.
    pub fn of<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        &things[self.pick(things.len())]
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.pick(times) == times - 1
    }
}
