using ModelConformance.Ledger;

namespace ModelConformance.Tests.Ledger;

public sealed class MemoryLedgerTests : LedgerTests
{
    protected override Task<ILedger> OpenAsync() => Task.FromResult<ILedger>(new MemoryLedger());
}
