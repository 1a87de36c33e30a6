using System.CommandLine;
using System.Globalization;
using ModelConformance.ReferenceModel;
using ModelConformance.ReferenceModel.Faults;
using ModelConformance.Runs;

namespace ModelConformance.Cli;

/// <summary><c>serve</c>: the reference model as an endpoint of its own.</summary>
internal static class ServeVerb
{
    public static Command Create(ToolContext context)
    {
        // A column as wide as all names together would push every description off the screen.
        var profile = new Option<string>("--profile")
        {
            Description = $"The planted behaviour: {string.Join(", ", Profile.Names)}.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "self-correcting",
        };
        profile.AcceptOnlyFromAmong([.. Profile.Names]);
        var port = new Option<int>("--port")
        {
            HelpName = "PORT",
            Description = "The port on 127.0.0.1; 0 takes a free one.",
            DefaultValueFactory = _ => 8080,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var found and (< 0 or > 65535))
            {
                result.AddError($"--port {found}: expected 0 … 65535.");
            }
        });
        var seed = new Option<int>("--seed")
        {
            HelpName = "N",
            Description = "Chooses among the answers that the profile's rates allow: another seed is a model that drifted.",
        };
        var model = RunOptions.Setting("--model", "The model's name; default: reference- and the profile.", "NAME");
        var faults = RunOptions.Setting(
            "--faults",
            "What goes wrong, names separated by commas. Of transport: "
            + $"{string.Join(", ", FaultPlan.TransportNames)}; all but huge heal when asked again. "
            + "Of content, the same whenever a question is asked: "
            + $"{string.Join(", ", FaultPlan.ContentNames)}. Or: {string.Join(", ", FaultPlan.Presets)}. GET /faults tells what was done.",
            "LIST");
        var rate = RunOptions.Number<double>(
            "--fault-rate",
            "The share of requests that faults of transport hit, and of conversations that those of content do, 0 … 1; default: "
            + $"{FaultPlan.DefaultRate.ToString(CultureInfo.InvariantCulture)}.");
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } found and not (>= 0 and <= 1))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--fault-rate {found}: expected 0 … 1."));
            }
        });
        var data = RunOptions.Data();
        var verb = new Verb(
            "serve",
            "Serves the reference model: Chat Completions and Completions on 127.0.0.1, with planted answers to the benchmarks' items, until Ctrl-C.",
            "conformance serve",
            "conformance serve --profile biased --port 9000 --data data",
            "conformance serve --faults transport --fault-rate 0.2 --seed 7",
            "conformance serve --faults 429,reset,html,null --model my-model")
        {
            profile, port, seed, model, faults, rate, data,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var benchmarks = Catalog.Open(context.Over(parsed.GetValue(data)));
            var planted = Profile.Named(parsed.GetValue(profile)!);
            var plan = Plan(parsed.GetValue(faults), parsed.GetValue(rate), parsed.GetValue(seed));
            await using var server = await StartAsync(
                () => ReferenceServer.StartAsync(
                    benchmarks, planted, parsed.GetValue(seed), parsed.GetValue(port), parsed.GetValue(model), plan, cancellation))
                .ConfigureAwait(false);
            await context.Out.WriteLineAsync(server.BaseUrl.ToString().AsMemory(), cancellation).ConfigureAwait(false);
            var known = benchmarks.Select(benchmark => $"{benchmark.Items.Count} items of {benchmark.Id} ({benchmark.Dataset.Name})");
            context.Say(
                $"{parsed.GetValue(model) ?? planted.Model} answers the {string.Join(", ", known)} at {server.BaseUrl}"
                + $"{(plan is null ? "" : $", with {plan}")}. Ctrl-C ends it.");
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            return (int)ExitCode.Pass;
        });
        return verb;
    }

    private static FaultPlan? Plan(string? faults, double? rate, int seed)
    {
        try
        {
            return faults is not null ? FaultPlan.Parse(faults, rate ?? FaultPlan.DefaultRate, seed)
                : rate is null ? null
                : throw new ToolException(ExitCode.BadInput, "--fault-rate needs --faults, which names the faults.");
        }
        catch (FormatException fault)
        {
            throw new ToolException(ExitCode.BadInput, fault.Message);
        }
    }

    private static async Task<ReferenceServer> StartAsync(Func<Task<ReferenceServer>> start)
    {
        try
        {
            return await start().ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new ToolException(ExitCode.BadInput, $"{fault.Message.TrimEnd('.')}. Name another one with --port; 0 takes a free one.");
        }
    }
}
