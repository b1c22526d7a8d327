//! The program `oms`: the command line, and the status that it ends with.

fn main() -> std::process::ExitCode {
    oms_graph::cli::run()
}
