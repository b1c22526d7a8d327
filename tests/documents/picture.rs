//! Picture: views as Graphviz draws them, from what the program really answers; the picture of a session has a file of its own.

use std::fs;
use std::path::Path;

use oms_graph::Session;

use crate::{blocks, graphviz};

/// Views to draw: the name of the picture and the query.
const VIEWS: [(&str, &str); 2] = [("causes", "causes of OMS"), ("paths", "paths from lung cancer to immune system within 4")];

/// What is wrong with the pictures in a folder; when updating, they are drawn anew.
pub fn faults(folder: &Path) -> Vec<String> {
    let mut session = Session::open("oms").expect("the embedded graph opens");
    let mut faults = Vec::new();
    for (name, query) in VIEWS {
        let answer = session.ask(query).expect("the query is answered");
        let source = graphviz::source(&answer);
        let svg = folder.join(format!("{name}.svg"));
        if !hold(&folder.join(format!("{name}.dot")), &source, &mut faults) && graphviz::is_here() && blocks::is_updating() {
            fs::write(&svg, graphviz::draw(&source).expect("`dot` draws it")).expect("a picture can be written");
        }
        let drawn = fs::read_to_string(&svg).unwrap_or_default();
        let names = answer.view.entities.iter().flat_map(|entity| entity.name.split([' ', '-']));
        faults.extend(names.filter(|word| !drawn.contains(word)).map(|word| format!("{} does not show '{word}'", svg.display())));
    }
    #[cfg(unix)]
    crate::session_picture::hold_session(&folder.join("session.svg"), &mut faults);
    faults
}

/// Compares a file, or rewrites it; whether it was right already.
pub fn hold(path: &Path, found: &str, faults: &mut Vec<String>) -> bool {
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept == found {
        return true;
    }
    if blocks::is_updating() {
        fs::write(path, found).expect("a picture can be written");
    } else {
        faults.push(format!("{} is not current: `OMS_UPDATE=1 cargo test --test documents` draws it", path.display()));
    }
    false
}
