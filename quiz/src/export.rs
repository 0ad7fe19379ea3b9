//! Taking quizzes out.
