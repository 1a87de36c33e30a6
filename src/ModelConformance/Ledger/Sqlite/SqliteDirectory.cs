namespace ModelConformance.Ledger.Sqlite;

/// <summary>
/// Where in a ledger file the replies to a target are: their ids by their keys, in memory, less than 100 bytes for each (a key directory: Sheehy and Smith
/// 2010, Bitcask). In the file the keys lie in the order in which the replies came. Hashes come in no order: in an index of them each reply would
/// change a page of its own, and each look-up read one. Thread-safe; shared by the connections of a process.
/// </summary>
internal sealed class SqliteDirectory
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, Target> targets = [];

    /// <summary>Finds keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="file">The connection that looks them up, in a transaction.</param>
    /// <returns>The ids of the replies and the numbers of their targets, in the order of the keys; an id of 0 where there is none.</returns>
    public (long Id, long Target)[] Find(IReadOnlyList<ReplyKey> keys, SqliteKeys file)
    {
        var ids = new (long Id, long Target)[keys.Count];
        lock (turn)
        {
            (string? Identity, Target? Target) last = default;
            for (var i = 0; i < ids.Length; i++)
            {
                if (!ReferenceEquals(last.Identity, keys[i].Target))
                {
                    last = (keys[i].Target, Updated(keys[i].Target, file));
                }

                ids[i] = (last.Target!.Ids.GetValueOrDefault(keys[i].Draw), last.Target.Number ?? 0);
            }
        }

        return ids;
    }

    /// <summary>Finds a target that is to be written to.</summary>
    /// <param name="identity">Its identity.</param>
    /// <param name="file">The connection that writes, in its transaction, so that no other process can write now.</param>
    /// <returns>Its number.</returns>
    public long Open(string identity, SqliteKeys file)
    {
        lock (turn)
        {
            return Updated(identity, file).Number ?? throw new InvalidOperationException("The target is not in the file.");
        }
    }

    /// <summary>Adds a reply before its transaction ends: nobody reads it until then.</summary>
    /// <param name="key">Its key, of a target that was opened in the transaction.</param>
    /// <param name="id">Its id, above all that there are.</param>
    /// <returns>The id of the reply that has the key already, which then stays; 0 where there was none.</returns>
    public long Add(ReplyKey key, long id)
    {
        lock (turn)
        {
            var target = targets[key.Target];
            if (!target.Ids.TryAdd(key.Draw, id))
            {
                return target.Ids[key.Draw];
            }

            target.Last = id;
            return 0;
        }
    }

    /// <summary>Gives a key another reply: the one that it had is not in the file any more.</summary>
    /// <inheritdoc cref="Add" />
    public void Replace(ReplyKey key, long id)
    {
        lock (turn)
        {
            (targets[key.Target].Ids[key.Draw], targets[key.Target].Last) = (id, id);
        }
    }

    // What other processes have written since is read.
    private Target Updated(string identity, SqliteKeys file)
    {
        if (!targets.TryGetValue(identity, out var target))
        {
            targets[identity] = target = new();
        }

        if ((target.Number ??= file.Number(identity)) is { } number)
        {
            foreach (var (id, draw) in file.After(number, target.Last))
            {
                // A draw comes again only where its reply was deleted.
                target.Ids[draw] = id;
                target.Last = id;
            }
        }

        return target;
    }

    private sealed class Target
    {
        /// <summary>The number it has in the file; null where it is not there yet.</summary>
        public long? Number { get; set; }

        public Dictionary<Draw, long> Ids { get; } = [];

        /// <summary>The id up to which the file has been read.</summary>
        public long Last { get; set; }
    }
}
