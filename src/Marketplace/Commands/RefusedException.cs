namespace Marketplace.Commands;

/// <summary>What was asked for cannot be done. Its message is the one sentence that the person who typed reads; the program ends with 1.</summary>
internal class RefusedException(string sentence, Exception? cause = null) : Exception(sentence, cause);
