//! Fingerprint: what the data of a session is known again by.

use crate::diagnostic::Complaints;
use crate::formats::snapshot;

use super::Session;

impl Session {
    /// The fingerprint of the graph, `sha256:` and 64 hexadecimal digits: the same for the same content, whatever its file or folder is called
    /// and whether it was curated, imported anew or is a file. What a graph is called and which questions come with it does not matter.
    ///
    /// All of the graph is read for it the first time.
    ///
    /// # Errors
    /// A part of the graph's file is damaged.
    ///
    /// ```
    /// # use oms_graph::Session;
    /// let (one, other) = (Session::open("oms")?, Session::open("oms")?);
    /// assert_eq!(one.fingerprint()?, other.fingerprint()?);
    /// assert!(one.fingerprint()?.starts_with("sha256:"));
    /// # Ok::<(), oms_graph::Complaints>(())
    /// ```
    pub fn fingerprint(&self) -> Result<&str, Complaints> {
        let digits = self.fingerprint.get_or_init(|| snapshot::fingerprint(&self.knowledge));
        self.intact()?;
        Ok(digits)
    }
}
