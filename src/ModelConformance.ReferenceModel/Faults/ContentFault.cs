namespace ModelConformance.ReferenceModel.Faults;

/// <summary>
/// A reply that came in good order and is odd: an outcome of its conversation and the same whenever that is asked, since it is drawn from the
/// request's words.
/// </summary>
internal enum ContentFault
{
    /// <summary>A chat's content is null, though the model stopped by itself.</summary>
    Null,

    /// <summary>Two more choices, with other words. The first counts.</summary>
    Choices,

    /// <summary>A chat's content is empty, cut by the token limit: a reasoning model that got no further.</summary>
    Empty,

    /// <summary>The provider's filter withheld the answer.</summary>
    Filter,

    /// <summary>A chat's message calls a tool and says nothing.</summary>
    Tools,

    /// <summary>A chat's content is a list of two parts, which together are the answer.</summary>
    Parts,
}
