using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Frame;
using Radzen;

namespace Portal.Tests.Hosting;

/// <summary>A component by itself, with the frame's texts and files, as a reader of English sees it when its page is live.</summary>
public abstract class ComponentTest : BunitContext
{
    protected ComponentTest()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        JSInterop.Mode = JSRuntimeMode.Loose; // What the library asks of its script is not under test.
        Services.AddLocalization();
        Services.AddRadzenComponents();
        Services.AddSingleton(Assets.Load(Path.Combine(AppContext.BaseDirectory, Assets.Folder)));
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }
}
