using ModelConformance.Tests.Ledger;

// Tests run without it.
return await LedgerProcess.RunAsync(args);
