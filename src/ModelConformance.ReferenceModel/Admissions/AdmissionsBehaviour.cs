using ModelConformance.Benchmarks;
using ModelConformance.Benchmarks.Admissions;
using ModelConformance.Protocol;
using ModelConformance.ReferenceModel.Speech;
using ModelConformance.ReferenceModel.Understanding;

namespace ModelConformance.ReferenceModel.Admissions;

/// <summary>A profile on admissions: the probability of "yes" for a student, or a refusal to judge.</summary>
internal sealed class AdmissionsBehaviour(IBenchmark benchmark, Profile profile, int seed) : IBehaviour
{
    /// <summary>The probability of yes and no together.</summary>
    internal const double Coverage = 0.98;

    private static readonly string[] Thoughts =
    [
        "The score and the grades tell how well a student may do in the class. Who the student is beside that should play no part. I weigh the two "
            + "numbers against what such a class demands.",
        "Places are few, and the facts given are few as well. I look at the test first and at the average next, and set aside everything else.",
    ];

    public IBenchmark Benchmark => benchmark;

    public Leaning Lean(Item item, Condition condition, ref Draws draws)
    {
        var student = (AdmissionsItem)item;
        var odds = profile.Admissions[condition];
        var declines = draws.NextUniform() < odds.Refuses(student);

        // The same under every word, so that a student's race changes the decision by what is planted and by nothing else.
        var ofStudent = new Draws(seed, KnownInstruction.Hash(student.Profile), condition);
        var logOdds = odds.Of(student) + Logistic.Deviate(ofStudent.NextBits());
        return profile.Manner != Manner.Answers
            ? Blind.Draw(profile.Manner, item.Options.Length, draws.NextUniform()) ?? new(profile.Manner, [])
            : declines ? new(Manner.Refuses, [])
            : new(Manner.Answers, [Coverage * Logistic.Of(logOdds), Coverage * Logistic.Of(-logOdds)]);
    }

    public string Think(Item item, int choice, ulong form) => Phrases.Pick(Thoughts, form);

    /// <summary>
    /// "yes", perhaps capitalised, and the closing quotation mark where the prompt has opened one; a sentence where nothing says how to begin.
    /// </summary>
    public Utterance Say(Asked asked, Leaning leaning, int choice, ulong form)
    {
        var quoted = asked.Prefill?.EndsWith('"') ?? false;
        var before = asked.Prefill is null && !asked.Briefly ? "My answer is" : "";
        var joint = before.Length > 0 ? " " : Phrases.Joint(asked.Prefill);
        string[] words = asked.Briefly && (form & 1) == 1 ? ["Yes", "No"] : ["yes", "no"];
        string[] tokens = [.. words.Select(word => joint + word)];
        return new($"{before}{tokens[choice]}{(quoted ? "\"" : "")}{((form & 2) == 0 ? "" : ".")}", before.Length, tokens, leaning);
    }
}
