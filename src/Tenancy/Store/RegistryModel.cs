using Line;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

internal static class RegistryModel
{
    public static void Build(ModelBuilder model) => ArgumentNullException.ThrowIfNull(model);

    public static void Conventions(ModelConfigurationBuilder conventions) => ArgumentNullException.ThrowIfNull(conventions);
}
