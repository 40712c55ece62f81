using System.Text.RegularExpressions;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Auth;

internal static partial class PasswordRule
{
    private const int Shortest = 8;
    private const int Longest = 64;
    private const string Message = "The password " + Rule;
    private const string ReplacingMessage = "The new password " + Rule;
    private const string Rule =
        "must contain minimum 8 and maximum 64 characters, at least one uppercase letter, one lowercase letter, one number and one special character #?!@$%^&*()-";

    extension(Fields fields)
    {
        /// <summary>A password somebody wants to have from now on.</summary>
        public string NewPassword(string name) =>
            fields[name].Defined().Matches(Strong(), Message).MaxLength(Longest).MinLength(Shortest).Text;

        /// <summary>A password that takes the place of another one.</summary>
        public string ReplacingPassword(string name) =>
            fields[name].Matches(Strong(), ReplacingMessage).MaxLength(Longest).MinLength(Shortest).NotEmpty().Text;
    }

    [GeneratedRegex(@"^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[#?!@$%^&*()-])\S{8,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Strong();
}
