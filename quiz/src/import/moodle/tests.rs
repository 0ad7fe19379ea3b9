use super::super::{Remark, Repair, read};
use super::*;
use crate::draft::{Answer, Question};

const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const GIF: &str = "R0lGODlh";

fn import(questions: &str) -> Import {
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n{questions}\n</quiz>\n");
    let (format, import) = read("a.xml", text.as_bytes()).unwrap();
    assert_eq!(format, "Moodle XML");
    import
}

fn one(kind: &str, inner: &str) -> (Question, Vec<Repair>) {
    let import = import(&format!(
        "<question type=\"{kind}\"><name><text>Name</text></name><questiontext format=\"html\"><text><![CDATA[<p>Asked?</p>]]></text></questiontext>{inner}</question>"
    ));
    assert_eq!(import.draft.len(), 1, "{:?}", import.notes);
    let repairs = import.notes.into_iter().filter_map(|note| match note.remark {
        Remark::Repaired(Repair::Markup) => None,
        Remark::Repaired(repair) => Some(repair),
        Remark::LeftOut(reason) => panic!("{reason:?}"),
    });
    (import.draft.rounds[0].questions[0].clone(), repairs.collect())
}

fn answer(fraction: &str, text: &str) -> String {
    format!(
        "<answer fraction=\"{fraction}\" format=\"html\"><text>{text}</text><feedback><text></text></feedback></answer>"
    )
}

#[test]
fn choices() {
    let (question, repairs) = one(
        "multichoice",
        &(answer("100", "&lt;b&gt;a&lt;/b&gt; &amp;amp; c") + &answer("0", "b") + "<single>true</single>"),
    );
    assert_eq!(question.prompt, "Asked?");
    assert!(matches!(question.answer, Answer::OneChoice { .. }));
    assert_eq!(question.answer.texts().collect::<Vec<_>>(), ["a & c", "b"]);
    assert_eq!(repairs, [Repair::Entities]);
    let several = answer("50", "a") + &answer("50", "b") + &answer("-100", "c") + "<single>false</single>";
    let (question, repairs) = one("multichoice", &several);
    assert!(matches!(question.answer, Answer::SeveralChoices { .. }));
    assert_eq!(question.answer.options().iter().filter(|option| option.right).count(), 2);
    assert_eq!(repairs, []);
    let (question, repairs) = one("multichoice", &(answer("100", "a") + &answer("33.33333", "b")));
    assert!(matches!(question.answer, Answer::OneChoice { .. }));
    assert_eq!(repairs, [Repair::PartialCredit]);
}

#[test]
fn true_or_false() {
    let (question, _) = one("truefalse", &(answer("0", "true") + &answer("100", "false")));
    assert_eq!(question.answer.options().iter().map(|option| option.right).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn short_texts_and_numbers() {
    let inner = answer("100", "Paris") + &answer("100", "paris*") + &answer("20", "London") + "<usecase>1</usecase>";
    let (question, repairs) = one("shortanswer", &inner);
    assert_eq!(question.answer, Answer::ShortText { accepted: vec!["Paris".into(), "paris".into()] });
    assert_eq!(repairs, [Repair::PartialCredit, Repair::Wildcard, Repair::CaseSensitive]);
    let inner = "<answer fraction=\"50\"><text>24</text></answer><answer fraction=\"100\"><text>23,5</text><tolerance>0.5</tolerance><feedback><text>ok</text></feedback></answer><units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>";
    let (question, repairs) = one("numerical", inner);
    assert_eq!(question.answer, Answer::Number { value: Some(23.5), tolerance: 0.5, unit: "km".into() });
    assert_eq!(repairs, [Repair::Feedback, Repair::BestAnswer]);
}

#[test]
fn what_is_around_a_question() {
    let inner = "<generalfeedback format=\"html\"><text>Why</text></generalfeedback><graderinfo><text>Look</text></graderinfo><defaultgrade>2.5000000</defaultgrade><tags><tag><text>easy</text></tag><tag><text>art</text></tag></tags>";
    let (question, _) = one("essay", inner);
    assert_eq!(question.answer, Answer::LongText { criterion: String::new() });
    assert_eq!((&*question.explanation, &*question.host_note, question.points), ("Why", "Look", 25));
    assert_eq!(question.tags, ["easy", "art"]);
}

#[test]
fn categories_are_rounds_and_pictures_come_along() {
    let category = "<question type=\"category\"><category><text>$course$/top/Geo</text></category></question>";
    let files = format!(
        "<file name=\"a b.png\" path=\"/\" encoding=\"base64\">{PNG}</file><file name=\"c.exe\" encoding=\"base64\">AAAA</file>"
    );
    let text = "<img src=\"@@PLUGINFILE@@/a%20b.png\">Where? <img src='@@PLUGINFILE@@/c.exe'>";
    let question = format!(
        "<question type=\"shortanswer\"><questiontext format=\"html\"><text><![CDATA[{text}]]></text>{files}</questiontext>{}</question>",
        answer("100", "here")
    );
    let other = question.replace(PNG, GIF);
    let import = import(&format!("{category}{question}{question}{other}"));
    assert_eq!(import.draft.rounds[0].title, "Geo");
    assert_eq!(import.draft.files().collect::<Vec<_>>(), ["a b.png", "a b.png", "2-a b.png"]);
    assert!(import.media["a b.png"].starts_with(b"\x89PNG") && import.media["2-a b.png"] == b"GIF89a");
    assert_eq!(import.media.len(), 2);
    assert!(
        import
            .notes
            .iter()
            .any(|note| note.remark == Remark::Repaired(Repair::MediaDropped("@@PLUGINFILE@@/c.exe".into())))
    );
}

#[test]
fn what_we_do_not_have_is_left_out_with_its_line() {
    let import = import(
        "<question type=\"matching\">\n<questiontext><text>Match</text></questiontext></question>\n<question type=\"description\"><questiontext><text>Hi</text></questiontext></question>",
    );
    let notes: Vec<_> = import.notes.iter().map(|note| (note.line, note.remark.clone())).collect();
    assert_eq!(
        notes,
        [(Some(3), Remark::LeftOut(Reason::Kind("matching".into()))), (Some(5), Remark::LeftOut(Reason::NoAnswer))]
    );
}

#[test]
fn a_file_that_was_cut_gives_what_is_whole() {
    let whole = format!(
        "<question type=\"shortanswer\"><questiontext><text>Q</text></questiontext>{}</question>",
        answer("100", "a")
    );
    for cut in
        ["<question type=\"essay\"><questiontext><text>Half", "<question type=\"essay\"><questiontext><te", "</wrong>"]
    {
        let (_, import) = read("a.xml", format!("<quiz>{whole}{cut}").as_bytes()).unwrap();
        assert_eq!((import.draft.len(), import.left_out_count()), (1, 1), "{cut}");
    }
}

#[test]
fn entities_that_a_file_declares_are_not_followed_and_depth_is_bounded() {
    let laughs = "<!DOCTYPE quiz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let question =
        "<question type=\"essay\"><questiontext><text>&b; &x; &eacute;&#233;</text></questiontext></question>";
    let (_, import) = read("a.xml", format!("{laughs}<quiz>{question}</quiz>").as_bytes()).unwrap();
    assert_eq!(import.draft.rounds[0].questions[0].prompt, "&b; &x; éé");
    let deep = format!("<quiz>{}", "<a>".repeat(1_000_000));
    assert!(matches!(read("a.xml", deep.as_bytes()), Err(Unreadable::Damaged(_))));
}

#[test]
fn one_picture_of_several_is_shown_with_what_it_says() {
    let files = format!(
        "<file name=\"a.png\" encoding=\"base64\">{PNG}</file><file name=\"a.svg\" encoding=\"base64\">PHN2Zy8+</file><file name=\"a.mp3\" encoding=\"base64\">AAAA</file>"
    );
    let images = "<img src='@@PLUGINFILE@@/a.svg'><img src='@@PLUGINFILE@@/a.png' alt='An &lt;A&gt;'><img src='data:image/png;base64,AAAA'><img src='http://x/y.png'>";
    let asked =
        format!("<questiontext format=\"html\"><text><![CDATA[<p>Q</p>{images}]]></text>{files}</questiontext>");
    let import = import(&format!("<question type=\"essay\">{asked}</question>"));
    let picture = import.draft.rounds[0].questions[0].picture.clone().unwrap();
    assert_eq!((&*picture.file, &*picture.description), ("a.png", "An <A>"));
    let dropped = import.notes.iter().filter_map(|note| match &note.remark {
        Remark::Repaired(Repair::MediaDropped(name)) => Some(&**name),
        _ => None,
    });
    assert_eq!(
        dropped.collect::<Vec<_>>(),
        ["@@PLUGINFILE@@/a.svg", "a.mp3", "data:image/png;base64,AAAA", "http://x/y.png"]
    );
}

#[test]
fn pictures_of_questions_that_are_not_taken_are_not_kept() {
    let file = format!("<file name=\"a.png\" encoding=\"base64\">{PNG}</file>");
    let asked = format!("<questiontext><text>&lt;img src='@@PLUGINFILE@@/a.png'&gt;</text>{file}</questiontext>");
    let import = import(&format!("<question type=\"shortanswer\">{asked}</question>"));
    assert_eq!((import.draft.len(), import.left_out_count(), import.media.len()), (0, 1, 0));
}

#[test]
fn plain_texts_mean_what_they_say() {
    let asked = "<questiontext format=\"plain_text\"><text>Is &lt;b&gt; bold,\n&amp;amp;?</text></questiontext>";
    let star = "<answer fraction=\"100\" format=\"moodle_auto_format\"><text>2\\*3 &lt;b&gt;</text></answer>";
    let import = import(&format!("<question type=\"shortanswer\">{asked}{star}</question>"));
    let question = &import.draft.rounds[0].questions[0];
    assert_eq!(question.prompt, "Is <b> bold,\n&amp;?");
    assert_eq!(question.answer, Answer::ShortText { accepted: vec!["2*3 <b>".into()] });
    assert_eq!(import.notes, []);
}

#[test]
fn categories_may_say_something_before_their_questions() {
    let category = |format: &str, name: &str| {
        format!(
            "<question type=\"category\"><category><text>{name}</text></category><info format=\"{format}\"><text>&lt;p&gt;{name}!&lt;/p&gt;</text></info></question><question type=\"essay\"><questiontext><text>Q</text></questiontext></question>"
        )
    };
    let import = import(&(category("html", "A") + &category("moodle_auto_format", "B")));
    let rounds: Vec<_> = import.draft.rounds.iter().map(|round| (&*round.title, &*round.intro)).collect();
    assert_eq!(rounds, [("A", "A!"), ("B", "")]);
}

#[test]
fn several_single_answers_and_missing_ones() {
    let several = answer("100", "a") + &answer("100", "b") + &answer("0", "c") + "<single>true</single>";
    let (question, repairs) = one("multichoice", &several);
    assert_eq!(question.answer.options().iter().filter(|option| option.right).count(), 2);
    assert_eq!(repairs, [Repair::Nearest("several choices")]);
    let one = answer("100", "a") + &answer("-100", "b") + "<single/>";
    let import = import(&format!(
        "<question type=\"multichoice\"><questiontext><text>Q</text></questiontext>{one}</question><question type=\"numerical\"><questiontext><text>Q</text></questiontext>{}</question>",
        answer("0", "5")
    ));
    assert!(matches!(import.draft.rounds[0].questions[..], [Question { answer: Answer::SeveralChoices { .. }, .. }]));
    assert_eq!(import.notes[0].remark, Remark::LeftOut(Reason::NoAnswer));
}

#[test]
fn scripts_are_text_wherever_they_stand() {
    let script = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;Hi";
    let inner = format!(
        "<generalfeedback><text>{script}</text></generalfeedback>{}{}",
        answer("100", script),
        answer("0", "b")
    );
    let (question, _) = one("multichoice", &inner);
    assert_eq!((&*question.explanation, &*question.answer.options()[0].text), ("Hi", "Hi"));
}

#[test]
fn large_and_broken_files_take_no_time() {
    let question = |inner: &str| {
        format!("<quiz><question type=\"essay\"><questiontext><text>{inner}</text></questiontext></question></quiz>")
    };
    let attributes: String = (0..20_000).map(|number| format!(" a{number}=\"\"")).collect();
    for text in [
        question(&"&amp;".repeat(40_000)),
        question(&"&lt;".repeat(40_000)),
        question(&"<a/>".repeat(10_000)),
        question(&"&lt;img src='@@PLUGINFILE@@/a.png'&gt;".repeat(10_000)),
        question("\0\u{202e}שלום\u{1}"),
        format!("<quiz><question{attributes}></question></quiz>"),
        format!("<quiz>{}", "<question>".repeat(60)),
        format!("<quiz>{}", "<![CDATA[".repeat(10_000)),
        format!("<quiz>{}", "<!--".repeat(10_000)),
        format!("<quiz>{}", "<question type=\"essay\"/>\n".repeat(10_000)),
    ] {
        let _ = read("a.xml", text.as_bytes());
    }
    let essay = "<question type=\"essay\"><questiontext><text>Q</text></questiontext></question>\n".repeat(20_000);
    let many = import(&essay);
    assert_eq!(many.draft.len(), protocol::limits::IMPORT_QUESTIONS);
    assert_eq!(many.notes.last().and_then(|note| note.line), Some(20_002));
}
