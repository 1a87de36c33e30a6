Console.Error.WriteLine("throughput"); return 0;
