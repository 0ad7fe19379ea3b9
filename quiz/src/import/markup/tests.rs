use super::*;

fn clean_of(text: &str) -> (String, Vec<Repair>) {
    let mut repairs = Vec::new();
    (clean(text, &mut repairs), repairs)
}

#[test]
fn tags_go_and_their_lines_stay() {
    for (html, text) in [
        ("<p>What is <b>H<sub>2</sub>O</b>?</p>\n<p>Think.</p>", "What is H2O?\nThink."),
        ("<p>What is\n    this?</p>", "What is this?"),
        ("One<br/>two<BR>three", "One\ntwo\nthree"),
        ("One<br><br>\n<br>two", "One\n\ntwo"),
        ("<div><div>a</div></div><div>b</div>", "a\nb"),
        ("<ul>\n<li>a</li>\n<li><p>b</p></li>\n</ul>c", "• a\n• b\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>one\n  two</pre> three", "one\n  two\nthree"),
        ("first\nsecond <i>word</i>", "first\nsecond word"),
        ("<script>alert('<b>')</script>Hi<style>p{}</style>", "Hi"),
        ("What is <script> for?", "What is  for?"),
        ("<!-- no -->Hi<!-- never ends", "Hi"),
        ("<!-- <p> -->a\nb", "a\nb"),
        ("<!-- --><p>a\nb</p>", "a b"),
        ("<a href='x>y'>link</a>", "y'>link"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<p dir=\"rtl\">שלום 🦉</p>", "שלום 🦉"),
    ] {
        assert_eq!(clean_of(html), (text.into(), vec![Repair::Markup]), "{html}");
    }
}

#[test]
fn comparisons_are_no_tags() {
    for text in ["a < b and b > c", "5 <3", "x<y>z", "a <b and c> d", "1 << 2", "<", "a <", "List<String>", " a\n\n b "]
    {
        assert_eq!(clean_of(text), (text.into(), vec![]));
    }
}

#[test]
fn entities_are_decoded_once() {
    assert_eq!(clean_of("Tom &amp; Jerry&nbsp;&eacute;"), ("Tom & Jerry é".into(), vec![Repair::Entities]));
    assert_eq!(clean_of("&lt;b&gt; &amp;lt;").0, "<b> &lt;");
}

#[test]
fn pictures_are_named() {
    let cleaned = cleaned("Who? <img alt=\"x &amp; y\" src=\"@@PLUGINFILE@@/a%20b.png\" />", &mut Vec::new());
    let image = Image { source: "@@PLUGINFILE@@/a%20b.png".into(), description: "x & y".into() };
    assert_eq!((&*cleaned.text, cleaned.pictures), ("Who? ", vec![image]));
}

#[test]
fn a_text_that_was_made_to_take_long_does_not() {
    for text in [
        "<".repeat(60_000),
        "<b".repeat(20_000),
        "<b>".repeat(20_000),
        "<p>".repeat(20_000),
        "&".repeat(60_000),
        "<script>".repeat(6_000),
        "<script><style>".repeat(3_000),
        "<!--".repeat(20_000),
        "<!---->".repeat(10_000),
        format!("<img {}>", "a=".repeat(20_000)),
        " \n".repeat(20_000) + "<br>",
    ] {
        clean_of(&text);
    }
}
