//! The program `oms`.

fn main() {
    let mut session = oms_graph::Session::open("oms").unwrap();
    for text in std::env::args().skip(1) {
        match session.ask(&text) {
            Ok(answer) => print!(
                "{}",
                oms_graph::render::render(
                    &answer,
                    oms_graph::render::Format::named("table").unwrap(),
                    &oms_graph::render::Page { width: std::env::var("W").ok().and_then(|w| w.parse().ok()), colour: false }
                )
            ),
            Err(complaints) => print!(
                "{}",
                oms_graph::render::complaint::render(
                    &complaints,
                    &oms_graph::render::Page { width: std::env::var("W").ok().and_then(|w| w.parse().ok()), colour: false }
                )
            ),
        }
    }
}
