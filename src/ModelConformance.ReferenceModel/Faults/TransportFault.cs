namespace ModelConformance.ReferenceModel.Faults;

/// <summary>
/// What goes wrong between a client and a server, drawn for each request by its number. The model's answer is untouched: whoever asks again gets it.
/// </summary>
internal enum TransportFault
{
    /// <summary>HTTP 429 to several requests in a row, with a wait in seconds, as a date, a duration or milliseconds, or with none.</summary>
    RateLimit,

    /// <summary>HTTP 500.</summary>
    InternalError,

    /// <summary>HTTP 502.</summary>
    BadGateway,

    /// <summary>HTTP 503.</summary>
    Unavailable,

    /// <summary>HTTP 529, Anthropic's name for too much load.</summary>
    Overloaded,

    /// <summary>HTTP 200, the length of the whole reply, half of it, and a reset of the connection.</summary>
    Reset,

    /// <summary>A good reply that comes byte by byte, for longer than most clients wait.</summary>
    Slow,

    /// <summary>HTTP 200 and half a reply, of which the length is right: nothing but the JSON tells.</summary>
    Truncated,

    /// <summary>A proxy's page instead of JSON, with HTTP 502 or with HTTP 200.</summary>
    Html,

    /// <summary>A good reply that calls itself something else than JSON. A client reads it all the same: there is nothing to heal.</summary>
    ContentType,

    /// <summary>A good reply that says it is packed (gzip, deflate or Brotli), and is not.</summary>
    Encoding,

    /// <summary>
    /// A good reply, and after it more white space than a client may take: 8 MiB, and no length that would warn of it. A client that does not ask
    /// again at once has no answer until its next run.
    /// </summary>
    Huge,

    /// <summary>
    /// A server whose clock is wrong by an hour or a day: a good reply with that date, or HTTP 429 with a <c>Retry-After</c> counted from it.
    /// </summary>
    Skew,

    /// <summary>
    /// The server restarts: all connections are reset, and for a moment the port is closed. How many others a draw hits depends on what is under
    /// way; it is the one fault that is not reproducible.
    /// </summary>
    Refused,
}
