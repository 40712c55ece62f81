namespace Carillon.Engine.Emails;

/// <summary>What compiling a mail came to: its words, or the reason there are none.</summary>
public abstract record CompileResult;

/// <summary>A mail ready to be addressed. <paramref name="Text"/> says the same without markup; empty where it could not be made.</summary>
public sealed record CompiledEmail(string Subject, string? SenderName, string Html, string Text) : CompileResult;

public sealed record CompileError(string Message) : CompileResult;
