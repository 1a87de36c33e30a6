using System.CommandLine;
using System.CommandLine.Parsing;
using ModelConformance.Protocol;
using ModelConformance.Runs;

namespace ModelConformance.Cli;

/// <summary>The options that win over the settings of a run. A verb adds those that it offers; others are never given.</summary>
internal sealed class SettingsOptions
{
    public Option<string?> BaseUrl { get; } = RunOptions.Setting("--base-url", "The endpoint up to the version, https://host/v1.", "URL");

    public Option<string?> Model { get; } = RunOptions.Setting("--model", "The model's name.", "NAME");

    public Option<string?> Protocol { get; } =
        RunOptions.Setting("--protocol", "The wire protocol: openai-chat or openai-completions.", "NAME");

    public Option<Mode?> Mode { get; } = new("--mode")
    {
        Description = $"How answers are measured: {ModeWord.All}.",
        HelpName = "KIND",
        CustomParser = ReadMode,
    };

    public Option<int?> Samples { get; } = RunOptions.Number<int>("--samples", "The samples per item in sampling mode.");

    public Option<string?> Prefill { get; } =
        RunOptions.Setting("--prefill", "How an answer's beginning reaches the model: real or emulated.", "KIND")
            .AcceptOnlyFromAmong("real", "emulated");

    public Option<int?> Concurrency { get; } = RunOptions.Number<int>("--concurrency", "The most requests in flight at once.");

    public Option<string?> Data { get; } = RunOptions.Data();

    public Option<string?> Thresholds { get; } = RunOptions.Thresholds();

    public Option<string?> Benchmarks { get; } =
        RunOptions.Setting("--benchmarks", "Only gates of these benchmarks, separated by commas.", "LIST");

    public Option<string?> Conditions { get; } =
        RunOptions.Setting("--conditions", "Only gates of these conditions, separated by commas.", "LIST");

    public Option<string?> Slices { get; } = RunOptions.Setting("--slices", "Only gates of these slices, separated by commas.", "LIST");

    public Option<string?> Profile { get; } =
        RunOptions.Setting("--profile", "The reference model's behaviour, where no target is configured.", "NAME");

    public Option<string?> Output { get; } =
        RunOptions.Setting("--output", "The folder of answers and results.json; default: artifacts.", "DIR");

    public Option<string?> Shard { get; } = RunOptions.Setting(
        "--shard", "Ask one slice of the items only, 3/8, and judge nothing; 8 alone in a Kubernetes Indexed Job or with GitLab's parallel.", "I/N");

    public Option<decimal?> PriceInput { get; } =
        RunOptions.Number<decimal>("--price-input", "The price of a million prompt tokens, in any currency.");

    public Option<decimal?> PriceOutput { get; } = RunOptions.Number<decimal>("--price-output", "The price of a million completion tokens.");

    public Option<long?> BudgetCalls { get; } = RunOptions.Number<long>("--budget-calls", "The most requests.");

    public Option<long?> BudgetTokens { get; } = RunOptions.Number<long>("--budget-tokens", "The most tokens, prompts and completions together.");

    public Option<decimal?> BudgetCost { get; } =
        RunOptions.Number<decimal>("--budget-cost", "The most that the tokens may cost; needs both prices.");

    public Option<double?> BudgetMinutes { get; } = RunOptions.Number<double>("--budget-minutes", "The most minutes.");

    public Option<string?> Ledger { get; } = RunOptions.Setting(
        "--ledger",
        "Where replies are kept, so that none is asked for twice: a file, or a PostgreSQL connection string; default: ledger.db in the folder of answers.",
        "WHERE");

    /// <summary>Offers all that a run can be told. A plan takes the same, so that the one's command line is the other's.</summary>
    public void AddTo(Command verb)
    {
        System.CommandLine.Option[] all =
        [
            BaseUrl, Model, Protocol, Mode, Samples, Prefill, Concurrency, Data, Thresholds, Benchmarks, Conditions, Slices, Profile, Output, Ledger,
            PriceInput, PriceOutput, BudgetCalls, BudgetTokens, BudgetCost, BudgetMinutes, Shard,
        ];
        foreach (var option in all)
        {
            verb.Add(option);
        }
    }

    /// <summary>The settings, with what the command line says instead.</summary>
    public RunSettings Over(RunSettings given, ParseResult parsed) => given with
    {
        Target = given.Target with
        {
            BaseUrl = parsed.GetValue(BaseUrl) ?? given.Target.BaseUrl,
            Model = parsed.GetValue(Model) ?? given.Target.Model,
            Protocol = parsed.GetValue(Protocol) ?? given.Target.Protocol,
            Samples = parsed.GetValue(Samples) ?? given.Target.Samples,
            Mode = parsed.GetValue(Mode) ?? given.Target.Mode,
            Prefill = parsed.GetValue(Prefill) ?? given.Target.Prefill,
            Concurrency = parsed.GetValue(Concurrency) ?? given.Target.Concurrency,
        },
        Data = new() { Root = parsed.GetValue(Data) ?? given.Data.Root },
        Thresholds = parsed.GetValue(Thresholds) ?? given.Thresholds,
        Select = given.Select with
        {
            Benchmarks = parsed.GetValue(Benchmarks) ?? given.Select.Benchmarks,
            Conditions = parsed.GetValue(Conditions) ?? given.Select.Conditions,
            Slices = parsed.GetValue(Slices) ?? given.Select.Slices,
        },
        ReferenceModel = given.ReferenceModel with { Profile = parsed.GetValue(Profile) ?? given.ReferenceModel.Profile },
        Output = parsed.GetValue(Output) ?? given.Output,
        Ledger = parsed.GetValue(Ledger) ?? given.Ledger,
        Shard = parsed.GetValue(Shard) ?? given.Shard,
        Prices = new()
        {
            Input = parsed.GetValue(PriceInput) ?? given.Prices.Input,
            Output = parsed.GetValue(PriceOutput) ?? given.Prices.Output,
        },
        Budget = new()
        {
            Calls = parsed.GetValue(BudgetCalls) ?? given.Budget.Calls,
            Tokens = parsed.GetValue(BudgetTokens) ?? given.Budget.Tokens,
            Cost = parsed.GetValue(BudgetCost) ?? given.Budget.Cost,
            Minutes = parsed.GetValue(BudgetMinutes) ?? given.Budget.Minutes,
        },
    };

    /// <summary>The library's own message would name the type.</summary>
    private static Mode? ReadMode(ArgumentResult result)
    {
        var given = result.Tokens[^1].Value;
        foreach (var mode in Enum.GetValues<Mode>().Where(mode => string.Equals(mode.Word(), given, StringComparison.OrdinalIgnoreCase)))
        {
            return mode;
        }

        result.AddError($"--mode {given}: expected {ModeWord.All}.");
        return null;
    }
}
