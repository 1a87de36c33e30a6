using DiffEngine;

namespace ModelConformance.Snapshots;

/// <summary>Shows a reviewer a received snapshot beside the approved one, and takes it away again.</summary>
/// <param name="Open">Called with the received and the verified path.</param>
/// <param name="Close">Called with the same once nothing is left to see.</param>
public sealed record ReviewerDiff(Action<string, string> Open, Action<string, string> Close)
{
    /// <summary>Shows nothing.</summary>
    public static readonly ReviewerDiff Off = new((_, _) => { }, (_, _) => { });

    /// <summary>
    /// The reviewer's own diff tool, found by DiffEngine; <see cref="Off"/> on build servers, with <c>DiffEngine_Disabled=true</c>, and where nobody
    /// could see a window.
    /// </summary>
    public static ReviewerDiff Installed => DiffRunner.Disabled || BuildServerDetector.Detected || !CanShowWindows
        ? Off
        : new((received, verified) => DiffRunner.LaunchForText(received, verified), DiffRunner.Kill);

    // A test host has no terminal even on a developer's desk, so a redirected input says nothing; a display does. CI=true covers build servers
    // that DiffEngine does not know.
    private static bool CanShowWindows =>
        !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
        && Environment.UserInteractive
        && (!OperatingSystem.IsLinux() || Has("DISPLAY") || Has("WAYLAND_DISPLAY"))
        && (!OperatingSystem.IsMacOS() || !Has("SSH_CONNECTION"));

    private static bool Has(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
