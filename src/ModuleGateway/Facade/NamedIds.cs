using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Store;

namespace ModuleGateway.Facade;

/// <summary>The users, groups and rooms that a call names in its path and its body: first as the module wrote them, then as LINE calls them.</summary>
internal sealed class NamedIds(FacadeCall call)
{
    private readonly List<string> _texts = new(1);
    private readonly List<ChatKey> _keys = new(1);
    private readonly List<string> _parameters = [];
    private readonly List<RequestField> _fields = [];
    private IReadOnlyList<string> _chats = [];

    /// <summary>With each repetition.</summary>
    public int Count => _texts.Count;

    /// <summary>Those of the path, then those of the body, in their order.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The one that was added last.</summary>
    public ChatKey Last => _keys[^1];

    /// <summary>Adds what a parameter of the path names.</summary>
    /// <returns>The refusal where it is not of this bot's shape: nobody has to be asked.</returns>
    public FacadeAnswer? AddParameter(string name, string text)
    {
        _parameters.Add(name);
        return Add(text);
    }

    /// <summary>Adds what the body names. The bot's own id is the same for everybody and stays.</summary>
    /// <param name="fields">Its strings.</param>
    /// <param name="chats">Those of them that the call is about, in their order.</param>
    public FacadeAnswer? AddBody(IReadOnlyList<RequestField> fields, IReadOnlyList<string> chats)
    {
        _chats = chats;
        foreach (var field in fields)
        {
            if (!field.IsId || UpstreamIds.IsBot(call, field.Value))
                continue;

            _fields.Add(field);
            if (Add(field.Value) is { } refusal)
                return refusal;
        }

        if (chats.Count == 1)
            call.Chat = _keys[_texts.IndexOf(chats[0], _parameters.Count)];
        else if (chats.Count > 1)
            call.Chats = KeysOf(chats);
        return null;
    }

    /// <summary>LINE's answer to this call where it does not know what the module wrote so.</summary>
    public FacadeAnswer Unknown(string text)
    {
        for (var i = 0; i < _chats.Count; i++)
        {
            if (_chats[i] == text)
                return call.Row.Chats!.Unknown(i);
        }

        return call.Row.Unknown;
    }

    /// <summary>As LINE calls them; null where the bot does not know them all. Part of the transaction that admits the call.</summary>
    public IReadOnlyList<UpstreamId>? Known(IGatewayTransaction tx)
    {
        if (_keys.Count == 0)
            return [];

        _ = tx.Control.Account(call.Bot); // The bot's order first, then what to read.
        var known = new UpstreamId[_keys.Count];
        for (var i = 0; i < known.Length; i++)
        {
            if (tx.Control.Known(call.Bot, _keys[i].Kind, _keys[i].Id) is not { } row)
                return null;
            known[i] = row.Id;
        }

        return known;
    }

    /// <summary>Puts LINE's names in their places.</summary>
    /// <param name="ids">In the order of <see cref="Texts"/>.</param>
    public void Write(LineRequest request, IReadOnlyList<UpstreamId> ids)
    {
        for (var i = 0; i < _parameters.Count; i++)
            request.Values[_parameters[i]] = ids[i].ToText(call.Bot);
        if (_fields.Count > 0)
            request.Body = RequestFields.Replace(call.Body, _fields.Select((field, i) => (field, ids[_parameters.Count + i].ToText(call.Bot))));
    }

    private FacadeAnswer? Add(string text)
    {
        _texts.Add(text);
        if (!UpstreamIds.TryRead(call.Caller.Ids, text, out var kind, out var bits))
            return Unknown(text);

        _keys.Add(new ChatKey(call.Bot, kind, bits));
        return null;
    }

    private ChatKey[] KeysOf(IReadOnlyList<string> chats)
    {
        var byText = new Dictionary<string, ChatKey>(_texts.Count, StringComparer.Ordinal);
        for (var i = _parameters.Count; i < _texts.Count; i++)
            byText[_texts[i]] = _keys[i];
        return [.. chats.Select(text => byText[text])];
    }
}
