//! What a page has but does not show yet: views wait for their instant, and the next question is sealed until its own.

use crate::clock::{Clock, next_frame};
use crate::connection::Wake;
use crate::pictures::Pictures;
use protocol::client::Readiness;
use protocol::codec::decode;
use protocol::ids::{Millis, QuestionId};
use protocol::question::Question;
use protocol::seal::{self, Enclosure, SealedContent, Unsealing};
use protocol::view::{Audience, Span, Stage, View};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// Steps in which loading is told, in percent.
const STEP: u8 = 5;

/// A sealed question.
struct Secret {
    id: QuestionId,
    seconds: u32,
    sealed: Option<Vec<u8>>,
    picture: Option<Enclosure>,
    reveal_ms: Option<Millis>,
    /// The question, once it could be opened.
    question: Option<Question>,
    /// How much of it the server knows to be here.
    told: Option<u8>,
}

/// The reveal gate of one page.
pub struct RevealGate<A: Audience> {
    clock: Clock,
    /// The newest view, if its instant has not come.
    waiting: Option<View<A>>,
    shown: Option<View<A>>,
    secret: Option<Secret>,
    pictures: Pictures,
    /// A question that is shown, but for its picture.
    incomplete: Option<QuestionId>,
    said: Rc<RefCell<VecDeque<Readiness>>>,
    /// Whether the browser is making a frame right now.
    in_frame: bool,
}

impl<A: Audience> RevealGate<A> {
    /// One with nothing behind it.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            waiting: None,
            shown: None,
            secret: None,
            pictures: Pictures::default(),
            incomplete: None,
            said: Rc::default(),
            in_frame: false,
        }
    }

    /// Whom to wake when there is something to say.
    pub fn wakes(&mut self, wake: Wake) {
        self.pictures.wakes(wake);
    }

    /// A new connection stands, and knows nothing of what was said over earlier ones.
    pub fn reconnected(&mut self) {
        self.said.borrow_mut().clear();
        self.secret.iter_mut().for_each(|secret| secret.told = None);
    }

    /// Takes a view; gives what is to be shown now.
    pub fn take(&mut self, view: View<A>) -> Option<View<A>> {
        match &view.stage {
            Stage::Armed { heading, sealed, reveal_ms, key } => {
                // Another one, or the same sealed anew by a server that was restarted.
                let is_new = |secret: &Secret| {
                    secret.id != heading.id || secret.sealed.as_ref().is_some_and(|held| *held != sealed.content)
                };
                if self.secret.as_ref().is_none_or(is_new) {
                    self.secret = Some(Secret {
                        id: heading.id,
                        seconds: heading.seconds,
                        sealed: Some(sealed.content.clone()),
                        picture: sealed.picture.clone(),
                        reveal_ms: None,
                        question: None,
                        told: None,
                    });
                    sealed.picture.iter().for_each(|picture| self.pictures.fetch(picture));
                }
                self.secret.iter_mut().for_each(|secret| secret.reveal_ms = *reveal_ms);
                if let Some(key) = key {
                    self.unseal(&Unsealing { question: heading.id, key: key.clone() });
                }
            }
            _ => self.secret = None,
        }
        view.ahead.iter().for_each(|picture| self.pictures.fetch(picture));
        self.waiting = Some(view);
        self.advance()
    }

    /// Changes a part of what is shown, and of what waits, that needs no instant of its own.
    pub fn amend(&mut self, change: impl Fn(&mut View<A>)) {
        self.waiting.iter_mut().chain(&mut self.shown).for_each(change);
    }

    /// Opens the sealed question. It stays behind it until its instant.
    pub fn unseal(&mut self, unsealing: &Unsealing) {
        let Some(secret) = self.secret.as_mut().filter(|secret| secret.id == unsealing.question) else { return };
        let Some(sealed) = secret.sealed.take() else { return };
        let content = seal::open(&unsealing.key, sealed).and_then(|content| decode::<SealedContent>(&content).ok());
        let Some(content) = content else { return };
        if let (Some(enclosure), Some((key, mime)), Some(picture)) =
            (&secret.picture, content.picture, &content.question.picture)
        {
            self.pictures.open(&enclosure.url, &picture.url, key, mime);
        }
        secret.question = Some(content.question);
    }

    /// Gives what is to be shown from this frame of the screen on, if that has changed. To be asked in every one.
    pub fn frame(&mut self) -> Option<View<A>> {
        self.in_frame = true;
        let view = self.advance();
        self.in_frame = false;
        view
    }

    fn advance(&mut self) -> Option<View<A>> {
        let now_ms = self.clock.now_ms();
        let view = self.due(now_ms).or_else(|| self.completed())?;
        let opens = |view: &View<A>| view.stage.question().map(|question| question.heading.id);
        if let Some(id) = opens(&view)
            && self.shown.as_ref().and_then(armed) == Some(id)
        {
            self.incomplete = Some(id);
        }
        let mut localized = view.clone();
        let is_complete = self.pictures.localize(localized.stage.question_mut());
        if let Some(id) = self.incomplete.take_if(|id| opens(&view) != Some(*id) || is_complete)
            && opens(&view) == Some(id)
        {
            self.tell_shown(id);
        }
        self.shown = Some(view);
        Some(localized)
    }

    /// A view, or the armed question, whose instant has come.
    fn due(&mut self, now_ms: Millis) -> Option<View<A>> {
        if let Some(view) = self.waiting.take_if(|view| view.from_ms <= now_ms) {
            return Some(view);
        }
        let shown = self.shown.as_ref().filter(|shown| armed(shown).is_some())?;
        let secret = self.secret.as_mut()?;
        let reveal_ms = secret.reveal_ms.filter(|reveal_ms| *reveal_ms <= now_ms)?;
        let to_ms = reveal_ms + i64::from(secret.seconds) * 1_000;
        let clock = Span { from_ms: reveal_ms, to_ms };
        // What only this audience is told is not known yet: nobody has written anything.
        let stage = Stage::Open { question: secret.question.take()?, clock, own: A::Open::default() };
        Some(View { stage, ..shown.clone() })
    }

    /// What is shown, again, because a picture of it has come.
    fn completed(&mut self) -> Option<View<A>> {
        self.pictures.have_come().then(|| self.shown.clone()).flatten()
    }

    /// The next thing that the server should know.
    pub fn say(&mut self) -> Option<Readiness> {
        if let Some(secret) = &mut self.secret {
            let percent = secret.picture.as_ref().map_or(100, |picture| self.pictures.percent(&picture.url));
            let is_news = secret.told.is_none_or(|told| percent >= told + STEP || percent == 100 && told < 100);
            if is_news {
                secret.told = Some(percent);
                return Some(Readiness::Loaded { question: secret.id, percent });
            }
        }
        self.said.borrow_mut().pop_front()
    }

    /// Tells when the question was on the screen: when the browser begins the frame after the one that has it.
    fn tell_shown(&self, question: QuestionId) {
        let (clock, said, wake) = (self.clock.clone(), self.said.clone(), self.pictures.waker());
        let tell = move |frame_us| {
            let Some((at_us, error_us)) = clock.at_us(frame_us) else { return };
            let error_us = u32::try_from(error_us).unwrap_or(u32::MAX);
            said.borrow_mut().push_back(Readiness::Displayed { question, at_us, error_us, coarse: clock.is_coarse() });
            wake();
        };
        if self.in_frame {
            next_frame(tell);
        } else {
            next_frame(move |_| next_frame(tell));
        }
    }
}

/// The question that is being armed.
fn armed<A: Audience>(view: &View<A>) -> Option<QuestionId> {
    match &view.stage {
        Stage::Armed { heading, .. } => Some(heading.id),
        _ => None,
    }
}
