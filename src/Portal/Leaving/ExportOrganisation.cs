using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Leaving;

/// <summary>An owner takes all of the organisation's data along: a ZIP with each table as JSON and as CSV. Secrets and uploaded files are not in it.</summary>
public static class ExportOrganisation
{
    [ForMembers(Right.Leave)]
    public sealed record Query(TenantId Organisation) : IQuery<ExportFile>, IInOrganisation;

    public sealed class Handler(PortalDb db) : IRequestHandler<Query, ExportFile>
    {
        public async Task<ExportFile> Handle(Query request, CancellationToken cancellationToken)
        {
            // On disk: a year of audit rows need not fit into memory, and ZIP asks for a stream that can be written to and read again.
            var file = new FileStream(
                Path.Combine(Path.GetTempPath(), $"export-{Guid.NewGuid():N}.zip"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            try
            {
                await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                {
                    foreach (var type in ExportTables.Of(db))
                        await WriteAsync(zip, JsonNamingPolicy.KebabCaseLower.ConvertName(type.ClrType.Name), [.. ExportTables.Columns(type).Select(column => JsonNamingPolicy.CamelCase.ConvertName(column.Name))], ExportTables.RowsAsync(db, type, request.Organisation), cancellationToken);

                    await WriteAsync(zip, "person", ["id", "email", "displayName", "language"], PeopleAsync(), cancellationToken);
                }

                file.Position = 0;
                return new(file);
            }
            catch
            {
                await file.DisposeAsync(); // Deletes it.
                throw;
            }
        }

        /// <summary>Of its members what an organisation may know; the filter of memberships says whose they are.</summary>
        private async IAsyncEnumerable<JsonObject> PeopleAsync()
        {
            await foreach (var person in db.Memberships.AsNoTracking().Select(row => row.Person!).AsAsyncEnumerable())
                yield return new JsonObject { ["id"] = person.Id.ToString(), ["email"] = person.Email, ["displayName"] = person.DisplayName, ["language"] = person.Language };
        }

        /// <summary>JSON first, and the same rows once more as CSV: an archive writes one entry at a time.</summary>
        private static async Task WriteAsync(ZipArchive zip, string name, IReadOnlyList<string> columns, IAsyncEnumerable<JsonObject> rows, CancellationToken cancellationToken)
        {
            await using (var json = new StreamWriter(await zip.CreateEntry($"{name}.json").OpenAsync(cancellationToken)))
            {
                var separator = "[\n";
                await foreach (var row in rows.WithCancellation(cancellationToken))
                {
                    await json.WriteAsync(separator + row.ToJsonString());
                    separator = ",\n";
                }

                await json.WriteAsync(separator == "[\n" ? "[]\n" : "\n]\n");
            }

            await using var csv = new StreamWriter(await zip.CreateEntry($"{name}.csv").OpenAsync(cancellationToken), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)); // The mark, for Excel.
            await csv.WriteAsync(CsvText.Line(columns));
            await foreach (var row in rows.WithCancellation(cancellationToken))
                await csv.WriteAsync(CsvText.Line(columns.Select(column => ExportTables.Text(row[column]))));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/o/{slug}/export", GetAsync).WithMetadata(new NeedsRightAttribute(Right.Leave));

    private static async Task<FileStreamHttpResult> GetAsync(CurrentMember member, IMediator mediator, TimeProvider clock, HttpResponse response, CancellationToken cancellationToken)
    {
        var zip = await mediator.Send(new Query(member.Organisation.Id), cancellationToken);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(zip.Open(), "application/zip", $"{member.Organisation.Slug}-{clock.GetUtcNow():yyyy-MM-dd}.zip");
    }
}
