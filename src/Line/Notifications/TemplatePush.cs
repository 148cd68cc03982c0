namespace Line.Notifications;

/// <summary>The body of LINE's call.</summary>
internal sealed record TemplatePush(string To, string TemplateKey, TemplateBody? Body);
