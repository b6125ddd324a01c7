using System.Security.Cryptography;
using System.Text;
using Amazon.Lambda.Core;

[assembly: LambdaSerializer(typeof(Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer))]

namespace Acceptance;

public class Function
{
    public Dictionary<string, string?> Handle() =>
        Environment.GetEnvironmentVariable("NAMES")!.Split(' ').ToDictionary(name => name, Hash);

    private static string? Hash(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value
            ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value))).ToLowerInvariant()
            : null;
}
