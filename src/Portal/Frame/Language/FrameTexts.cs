namespace Portal.Frame.Language;

/// <summary>Names the texts of the frame: header, footer, errors, prices. They stand beside this file; the neutral one is English.</summary>
public sealed class FrameTexts;
