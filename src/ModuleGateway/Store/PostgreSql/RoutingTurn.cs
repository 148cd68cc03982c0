namespace ModuleGateway.Store.PostgreSql;

/// <summary>Which bot this process routed last: the one after it is next. A hint, which two connections may read at the same time.</summary>
internal sealed class RoutingTurn
{
    private volatile byte[] _last = [];

    public byte[] Last
    {
        get => _last;
        set => _last = value;
    }
}
