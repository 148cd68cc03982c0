namespace Portal.Store;

/// <summary>A row that is evidence: added once, never altered or deleted through the context.</summary>
public interface IAppendOnly;
