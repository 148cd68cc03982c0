namespace ControlModel.Model;

/// <summary>Who holds a chat.</summary>
public enum Holding : byte { None, Primary, Linkage }

/// <summary>What the gateway still has to say to LINE about a chat.</summary>
public enum Wish : byte { None, Release, Acquire }

/// <summary>How a linkage stands.</summary>
public enum Standing : byte { On, InSetUp, Suspended, Ended }

/// <summary>How our channel is connected to the bot at LINE.</summary>
public enum Wire : byte { Attached, Suspended, Detached }

/// <summary>What a module gets.</summary>
public enum CopyKind : byte { Event, Activated, Deactivated, Gained, Lost }
