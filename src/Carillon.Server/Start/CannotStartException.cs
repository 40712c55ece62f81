namespace Carillon.Server.Start;

/// <summary>The operator has to change something first; the message says what, in one line.</summary>
internal sealed class CannotStartException(string message) : Exception(message);
