namespace Carillon.Server.Description;

/// <summary>The document that describes the API, made when it is first asked for: until then nothing of what makes it is in memory.</summary>
/// <param name="services">All that the app is made of, and what of it there is to be only one of.</param>
/// <param name="publicUrl">Where the server is reached; null where nobody has said that.</param>
internal sealed class ApiDocument(IReadOnlyList<ServiceDescriptor> services, string? publicUrl)
{
    private readonly Lazy<Task<byte[]>> _text = new(() => DocumentWriter.WriteAsync(services, publicUrl));

    public Task<byte[]> Text => _text.Value;
}
