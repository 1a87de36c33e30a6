using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace ModelConformance.ReferenceModel.Faults;

/// <summary>A port that can be closed for a moment, as if the server behind it restarted. Thread-safe.</summary>
/// <param name="sockets">Opens real ports.</param>
internal sealed class ClosablePort(IConnectionListenerFactory sockets) : IConnectionListenerFactory, IConnectionListener
{
    /// <summary>How long the port stays closed: a client's first pause is about as long.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<ConnectionContext, byte> connections = new();
    private readonly CancellationTokenSource stop = new();
    private IConnectionListener? listener;
    private Task reopening = Task.CompletedTask;
    private int closed;

    /// <inheritdoc />
    public EndPoint EndPoint => listener!.EndPoint;

    /// <inheritdoc />
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        listener = await sockets.BindAsync(endpoint, cancellationToken).ConfigureAwait(false);
        return this;
    }

    /// <inheritdoc />
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await listener!.AcceptAsync(cancellationToken).ConfigureAwait(false) is { } connection)
            {
                connections.TryAdd(connection, 0);
                connection.ConnectionClosed.Register(() => connections.TryRemove(connection, out _));
                return connection;
            }

            await reopening.ConfigureAwait(false);
            if (stop.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <summary>Resets all connections and refuses new ones for a moment. Does nothing where that is under way already.</summary>
    internal void CloseForAMoment()
    {
        if (Interlocked.Exchange(ref closed, 1) == 0)
        {
            var reopened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            reopening = reopened.Task;
            _ = ReopenAsync(reopened);
        }
    }

    /// <inheritdoc />
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await reopening.ConfigureAwait(false);
        await listener!.UnbindAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await listener!.DisposeAsync().ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task ReopenAsync(TaskCompletionSource reopened)
    {
        // The same port again, also where the first was any free one.
        var (before, endpoint) = (listener!, EndPoint);
        await before.UnbindAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var connection in connections.Keys)
        {
            connection.Abort(new ConnectionAbortedException("The reference model restarts, as planned."));
        }

        for (var isOpen = false; !isOpen && !stop.IsCancellationRequested;)
        {
            await Task.Delay(Moment, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                listener = await sockets.BindAsync(endpoint, CancellationToken.None).ConfigureAwait(false);
                isOpen = true;
            }
            catch (AddressInUseException)
            {
                // A client that is refused may hold the port itself: as its own, where the system gave it the very port that it wants to reach.
            }
        }

        await before.DisposeAsync().ConfigureAwait(false);
        Volatile.Write(ref closed, 0);
        reopened.SetResult();
    }
}
