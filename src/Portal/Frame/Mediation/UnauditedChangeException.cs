namespace Portal.Frame.Mediation;

/// <summary>A command was about to change something without a row in the audit log: a bug in its handler.</summary>
public sealed class UnauditedChangeException(string command) : InvalidOperationException($"{command} saves a change without an audit row: call AuditLog.Add before the save.");
