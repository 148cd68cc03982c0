using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Portal.Frame;

namespace Portal.Identity;

public static class IdentityServices
{
    public static IServiceCollection AddPortalIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IdentityOptions>()
            .BindConfiguration(IdentityOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(options => LineLoginOptions.IsWhole(options.Line), "Identity:Line needs ChannelId, ChannelSecret (16 characters or more), AuthorizeUrl and TokenUrl.")
            .ValidateOnStart();
        var authentication = services.AddAuthentication(SessionCookie.Scheme).AddCookie(SessionCookie.Scheme, cookie =>
        {
            cookie.Cookie.Name = "mm.session";
            cookie.Cookie.HttpOnly = true;
            // Lax, not strict: the return from LINE is a link from another site, and the buyer is still themselves.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = "/sign-in";
            cookie.ExpireTimeSpan = Session.IdleMax;
        });
        // A portal that people reach by https never sends the cookie otherwise, whatever a proxy forgets to say.
        services.AddOptions<CookieAuthenticationOptions>(SessionCookie.Scheme).Configure<IOptions<PortalOptions>>((cookie, portal) =>
            cookie.Cookie.SecurePolicy = portal.Value.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest);
        AddLine(authentication, configuration);

        services.AddIdentityCore<Credentials>().AddTokenProvider<AuthenticatorTokenProvider<Credentials>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddScoped<IUserStore<Credentials>, CredentialStore>();
        services.AddScoped(provider => (IUserAuthenticatorKeyStore<Credentials>)provider.GetRequiredService<IUserStore<Credentials>>());
        services.AddScoped<IPasskeyHandler<Credentials>, PasskeyHandler<Credentials>>();
        services.Configure<IdentityPasskeyOptions>(passkeys => (passkeys.ResidentKeyRequirement, passkeys.UserVerificationRequirement) = ("required", "required"));

        services.AddScoped<CurrentPerson>().AddScoped<CurrentMember>();
        services.AddScoped<Sessions>().AddScoped<PersonCredentials>().AddScoped<CodeCheck>().AddScoped<AuthenticatorSetup>();
        services.AddScoped<ConfirmationMail>().AddScoped<ResetMail>();
        services.AddSingleton<FirstOperator>().AddHostedService<FirstOperatorNotice>();
        services.TryAddKeyedSingleton<TextWriter>(FirstOperator.OutputKey, System.Console.Out);
        services.AddSingleton<ProofLinks>().AddSingleton<SecondStep>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<IdentityOptions>>(Limit);
        return services;
    }

    /// <summary>Who is asking, and in which organisation. After the error pages and before antiforgery, whose tokens know the person.</summary>
    public static void UsePortalIdentity(this WebApplication app)
    {
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<PersonMiddleware>();
        app.UseMiddleware<OrganisationMiddleware>();
        app.UseMiddleware<OperatorMiddleware>();
        app.UseMiddleware<RightsMiddleware>();
    }

    public static void MapPortalIdentity(this IEndpointRouteBuilder routes)
    {
        SignIn.Map(routes);
        SignOut.Map(routes);
        MyPlace.Map(routes);
        LineSignIn.Map(routes);
        Passkeys.Map(routes);
        EndSessions.Map(routes);
        AuthenticatorSetup.Map(routes);
        InviteMember.Map(routes);
        WithdrawInvitation.Map(routes);
        ChangeRole.Map(routes);
        RemoveMember.Map(routes);
        LeaveOrganisation.Map(routes);
        AcceptInvitation.Map(routes);
    }

    private static void AddLine(AuthenticationBuilder authentication, IConfiguration configuration)
    {
        if (configuration.GetSection($"{IdentityOptions.Section}:Line").Get<LineLoginOptions>() is not { } line || !LineLoginOptions.IsWhole(line))
            return; // A half one is refused by the options' own validation, with a sentence.

        authentication.AddCookie(LineHandler.ArrivalScheme, cookie =>
        {
            cookie.Cookie.Name = "mm.line";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(10);
            cookie.SlidingExpiration = false;
        });
        authentication.AddOAuth<OAuthOptions, LineHandler>(LineHandler.SchemeName, oauth =>
        {
            oauth.ClientId = line.ChannelId;
            oauth.ClientSecret = line.ChannelSecret;
            oauth.AuthorizationEndpoint = line.AuthorizeUrl;
            oauth.TokenEndpoint = line.TokenUrl;
            oauth.CallbackPath = "/sign-in/line/callback";
            oauth.SignInScheme = LineHandler.ArrivalScheme;
            oauth.UsePkce = true;
            oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
            oauth.Scope.Add("profile");
            oauth.Scope.Add("openid");
            oauth.Scope.Add("email");
            oauth.Events.OnRemoteFailure = failed => // Refused at LINE, too late, or forged: the same sentence.
            {
                failed.Response.Redirect("/sign-in?said=line");
                failed.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>Whom an address is counted with. With IPv6 everybody has a whole /64 to themselves: counted by single addresses, nobody would ever reach a limit.</summary>
    private static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    /// <summary>Guessing is slow, and so is filling a stranger's mailbox: the forms at which somebody proves who they are, counted by network address.</summary>
    private static void Limit(RateLimiterOptions limiter, IOptions<IdentityOptions> identity)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            HttpMethods.IsPost(context.Request.Method) && (context.Request.Path.StartsWithSegments("/sign-in") || context.Request.Path.StartsWithSegments("/invitations") || context.Request.Path.StartsWithSegments("/first-operator") || context.Request.Path.StartsWithSegments("/account/confirm"))
                ? RateLimitPartition.GetSlidingWindowLimiter(NetworkOf(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = identity.Value.FormsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0,
                })
                : RateLimitPartition.GetNoLimiter(""));
    }
}
