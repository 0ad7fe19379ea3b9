//! Prints how far apart a room full of pages reveals a question.

fn main() {
    println!("{}", skew::table::spreads());
    print!("{}", skew::table::errors());
}
