namespace ModelConformance.ReferenceModel.Speech;

/// <summary>What the model says, before any token limit.</summary>
/// <param name="Text">The words; never empty.</param>
/// <param name="LetterAt">Where the chosen option's letter stands in it; −1 where no option is named.</param>
internal readonly record struct Utterance(string Text, int LetterAt = -1);
