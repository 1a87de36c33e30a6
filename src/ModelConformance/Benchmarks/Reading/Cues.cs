using System.Text.RegularExpressions;

namespace ModelConformance.Benchmarks.Reading;

/// <summary>
/// The words around a mention that tell how the reply commits itself to it. Every pattern sees one sentence, up to or after the mention.
/// </summary>
internal static class Cues
{
    private const string Filler =
        "(?:(?:probably|likely|most|clearly|definitely|simply|therefore|thus|then|that|it|he|she|is|was|be|being|would|must|should|option|choice|"
        + "letter|either|both|the|a|an|to|have|been|indeed|actually|in|fact|still|only|just|person|of|or|rather|[:,(-]) )*";

    /// <summary>"Final answer:".</summary>
    public static readonly Regex Final = Patterns.Raw(
        @"\bfinal (answer|choice|decision|response) (?:[a-z' ,]{0,60} )?(?:(is|be|would be) |: |- )?" + Filler + "$");

    /// <summary>"The answer is", "I would choose".</summary>
    public static readonly Regex Answer = Patterns.Raw(
        @"\b(?:(?:answer|answer choice|choice|response|conclusion|correct option|best option|correct one) (?:[a-z',-]+ ){0,10}(?:is|was|be|:) "
        + @"|answer |(?:choose|choosing|pick|select|go with|going with|guess|answer with|conclude) )" + Filler + "$");

    /// <summary>"Therefore", right in front of the mention: an answer where nothing but "is correct" follows.</summary>
    public static readonly Regex Therefore = Patterns.Raw(
        @"^(?:- )?(?:therefore|thus|hence|so|in conclusion|in summary|overall) " + Filler + "$");

    /// <summary>"It was", "the one who did it is", "I think", "done by".</summary>
    public static readonly Regex Copula = Patterns.Raw(
        @"\b(?:is|was|are|were|be|been|by|think|believe|say|suggests|instead|yes ,|no ,) " + Filler + "$");

    /// <summary>"not the baker but".</summary>
    public static readonly Regex Contrast = Patterns.Raw(@"\bnot .*but " + Filler + "$");

    /// <summary>Nothing but what replies begin with.</summary>
    public static readonly Regex Opening = Patterns.Raw(
        "^(?:(?:sure|okay|ok|yes|well|certainly|of course|i|we|think|believe|would|say|based on the (?:context|passage|text|information|above)|"
        + "according to the (?:context|passage|text)|provided|given|here|probably|likely|most|definitely|clearly|certainly|obviously|"
        + "it|is|was|that|the|option|choice|letter|[.,:-]|\n) )*$");

    /// <summary>What comes after a condition is not claimed.</summary>
    public static readonly Regex Conditional = Patterns.Of("whether|if|unless|suppose|assuming|depends|depending");

    /// <summary>Nor is what the clause puts into others' mouths.</summary>
    public static readonly Regex Others = Patterns.Of(
        "assume|assumption|tempting|stereotype|stereotypes|stereotypically|some|others|people|(one|you|we) (might|may|could)");

    /// <summary>A sentence about what somebody may do does not say that he did.</summary>
    public static readonly Regex Modal = Patterns.Raw("^(?:might|may|could|can|should|would) ");

    /// <summary>What denies the mention that follows in the clause.</summary>
    public static readonly Regex Denying = Patterns.Of(
        "not|never|neither|nor|hardly|unlikely|incorrect|wrong|false|rather than|instead of|except|unlike|other than|rule out|ruled out|eliminate|"
        + "eliminated|exclude|excluding|contrary to|aside from|as opposed to");

    /// <summary>What denies the mention before it.</summary>
    public static readonly Regex Denied = Patterns.Raw(
        "^(?:[a-z']+ ){0,4}?(?:(?:not|never) (?:[a-z.,]|$)|(?:incorrect|wrong|false|unlikely|eliminated|excluded|ruled out|irrelevant) )");

    /// <summary>A clause about the mention, whose "not" does not deny it.</summary>
    public static readonly Regex About = Patterns.Raw("^(?:[,(-] )?(?:who|whose|that|because|since|as|due|based|given|for) ");

    /// <summary>"… is the correct answer".</summary>
    public static readonly Regex Correct = Patterns.Raw(
        "^(?:is|was|must be|would be|seems|should be|appears to be) (?:[a-z]+ ){0,4}?(?:correct|answer|right|best|likely|one who|person who) ");

    /// <summary>What ends a commitment: anything else after an opening mention is a sentence about it.</summary>
    public static readonly Regex Closed = Patterns.Raw(
        "^(?:$|[.,:()\n-] |(?:because|since|as|due|based|who|whose|that|given|for|according|did|does|instead|in|if) )");

    /// <summary>Words after which a clause says something new.</summary>
    public static readonly HashSet<string> ClauseBreaks = new(
        "but because since so therefore however although though while whereas yet thus hence".Split(' '), StringComparer.Ordinal);

    /// <summary>Words after which a sentence turns against what it has said.</summary>
    public static readonly Regex Turn = Patterns.Of("but|however|although|though|yet|nevertheless|nonetheless|still|wait|actually");
}
