namespace Carillon.Server.Description;

/// <summary>The document that describes the API, made when it is first asked for: until then nothing of what makes it is in memory.</summary>
internal sealed class ApiDocument(IServiceCollection app)
{
    private readonly Lazy<Task<byte[]>> _text = new(() => DocumentWriter.WriteAsync(app));

    public Task<byte[]> Text => _text.Value;
}
