using Carillon.Data.Organizations;

namespace Carillon.Server.Http.Input;

/// <summary>What people say they want to do. What they do not mention, they do not want.</summary>
internal static class UseCases
{
    extension(Fields fields)
    {
        public ProductUseCases OptionalUseCases(string name) => fields[name].Optional().Nested(cases => new ProductUseCases(
            Delay: cases["delay"].Truth == true,
            Translation: cases["translation"].Truth == true,
            Digest: cases["digest"].Truth == true,
            MultiChannel: cases["multi_channel"].Truth == true,
            InApp: cases["in_app"].Truth == true)) ?? new ProductUseCases();
    }
}
