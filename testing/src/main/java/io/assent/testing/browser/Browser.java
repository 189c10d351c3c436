package io.assent.testing.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.server.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/**
 * Debian's Chromium without a screen, with a profile of its own: its headless shell where there is one, which draws no
 * window and takes a third less of the processor. There, all tabs believe that they are seen.
 */
public final class Browser implements AutoCloseable {

    /** The program itself: the script of that name waits for it, and leaves it behind when it is ended. */
    private static final Path SHELL = Path.of("/usr/lib/chromium/chromium-headless-shell");

    private static final Path WHOLE = Path.of("/usr/bin/chromium");
    private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Distribution.TARGET.resolve("screenshots");
    private static final Path DOWNLOADS = Distribution.TARGET.resolve("downloads");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SCRIPT_PATIENCE = Duration.ofMinutes(2);

    /** Tells at each start that it does not know this Chromium's debugging protocol, which nothing here needs. */
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    private static final long HEIGHT = 900;
    private static final int MOST_TABS = 50;

    private final ChromeDriver driver;
    private VirtualAuthenticator authenticator;

    /** What the window was made, in pixels; 0 where it is as the browser has it. */
    private int width;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; the test is skipped where there is none. */
    public static Browser start() {
        return start(Files.isExecutable(SHELL) ? SHELL : WHOLE);
    }

    /** Starts one whose tabs know which of them is in front; the test is skipped where there is none. */
    public static Browser startWithTabs() {
        return start(WHOLE);
    }

    private static Browser start(Path chromium) {
        assumeTrue(
                Files.isExecutable(chromium) && Files.isExecutable(CHROMEDRIVER),
                "Skipped: there is no " + chromium + " with " + CHROMEDRIVER
                        + " here. On Debian: apt-get install chromium chromium-driver");
        DEVTOOLS.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-gpu-rasterization",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--lang=en");
        if (chromium.equals(WHOLE)) {
            options.addArguments("--headless=new");
        }
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(CHROMEDRIVER.toFile())
                        .build(),
                options);
        driver.manage().timeouts().scriptTimeout(SCRIPT_PATIENCE);
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior",
                Map.of(
                        "behavior",
                        "allow",
                        "downloadPath",
                        DOWNLOADS.toAbsolutePath().toString()));
        return new Browser(driver);
    }

    /** Makes it like one that was just started: one new tab, without cookies or anything else that pages stored. */
    public void startAfresh() {
        width = 0;
        Set<String> old = driver.getWindowHandles();
        driver.switchTo().newWindow(WindowType.TAB);
        String tab = tab();
        old.forEach(handle -> driver.switchTo().window(handle).close());
        switchTo(tab);
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", "*", "storageTypes", "all"));
    }

    public void open(URI page) {
        driver.get(page.toString());
    }

    /** Where the page is from. */
    public URI address() {
        return URI.create(driver.getCurrentUrl());
    }

    public void back() {
        driver.navigate().back();
    }

    /** As by the browser's button. */
    public void reload() {
        driver.navigate().refresh();
    }

    public void openInNewTab(URI page) {
        driver.switchTo().newWindow(WindowType.TAB);
        open(page);
    }

    public String title() {
        return driver.getTitle();
    }

    String tab() {
        return driver.getWindowHandle();
    }

    void switchTo(String tab) {
        driver.switchTo().window(tab);
    }

    /** What a selector finds, once it is there and can be seen. */
    public WebElement see(String selector) {
        return until(selector + " to be seen", any -> {
            WebElement element = driver.findElement(By.cssSelector(selector));
            return element.isDisplayed() ? element : null;
        });
    }

    /** Clicks what can be seen and used by then. */
    public void click(String selector) {
        until(selector + " to be clicked", any -> {
            WebElement element = driver.findElement(By.cssSelector(selector));
            if (!element.isDisplayed() || !element.isEnabled()) {
                return null;
            }
            // as a person scrolls, so that nothing that sticks to an edge covers it
            driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
            element.click();
            return element;
        });
    }

    /** Presses keys where the focus is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Waits until what a selector finds is where keys go in its page, whether the window has the focus or not. */
    public void awaitFocus(String selector) {
        until(
                selector + " to have the focus",
                any -> this.<Boolean>run("return document.activeElement.matches(arguments[0])", selector));
    }

    /** Presses Tab until what a selector finds has the focus. */
    public void tabTo(String selector) {
        see(selector);
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            // found anew each time: a page may make its lists anew meanwhile
            if (this.<Boolean>run("return document.activeElement.matches(arguments[0])", selector)) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError(selector + " is not reached by Tab");
    }

    /** Whether what has the focus is in view, with nothing before it. */
    public boolean focusIsVisible() {
        return (Boolean) driver.executeScript("""
                const focused = document.activeElement;
                const box = focused.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return top !== null && (focused.contains(top) || top.contains(focused) && top.tagName === 'LABEL');
                """);
    }

    public void type(String selector, String text) {
        WebElement field = see(selector);
        field.clear();
        field.sendKeys(text);
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    <T> T until(String what, ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> what + " on " + driver.getCurrentUrl() + ", which says: "
                        + driver.findElement(By.tagName("body")).getText())
                .ignoring(NoSuchElementException.class)
                .ignoring(StaleElementReferenceException.class)
                .ignoring(ElementClickInterceptedException.class)
                .until(condition);
    }

    /** Whether anything is wider than the window. */
    public boolean scrollsSideways() {
        return (Boolean) driver.executeScript(
                "return document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    /** Runs a script in the page, and returns what it returns. */
    @SuppressWarnings("unchecked")
    public <T> T run(String script, Object... arguments) {
        return (T) driver.executeScript(script, arguments);
    }

    /** Runs a script whose last argument is a function to call with its answer. */
    public Object runAsync(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** Whether pages may run scripts. */
    public void allowScripts(boolean allowed) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
    }

    /** @param scheme {@code light} or {@code dark}, as the customer's system has it */
    public void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Waits until the browser is sent away to there, where nothing needs to answer. */
    public URI sentTo(URI target) {
        return URI.create(until("to be sent to " + target, any -> {
            String current = driver.getCurrentUrl();
            return current.startsWith(target.toString()) ? current : null;
        }));
    }

    public void resize(int newWidth) {
        width = newWidth;
        setSize(HEIGHT);
    }

    /** Returns when the page knows. */
    private void setSize(long height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        until("the window's height", any -> this.<Long>run("return window.innerHeight") == height ? true : null);
    }

    /** Calls itself otherwise from now on, as the browser of a phone does; by an empty name what it is. */
    public void callItself(String userAgent) {
        driver.executeCdpCommand("Emulation.setUserAgentOverride", Map.of("userAgent", userAgent));
    }

    /** Plugs in what makes and keeps passkeys, for as long as the tab is open; the customer shows the right finger. */
    public void plugInAuthenticator() {
        authenticator = driver.addVirtualAuthenticator(new VirtualAuthenticatorOptions()
                .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                .setHasResidentKey(true)
                .setHasUserVerification(true)
                .setIsUserVerified(true));
    }

    /** Whether the customer shows the authenticator the right finger from now on. */
    public void showFinger(boolean right) {
        authenticator.setUserVerified(right);
    }

    /** Says yes to a question that the browser itself asks. */
    public void acceptDialog() {
        until("a question of the browser", ExpectedConditions.alertIsPresent()).accept();
    }

    /** Keeps what can be seen, for people to look at. */
    public void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The whole page, as high as it is. Where a width was set, the window is made as high for it, and then as it was:
     * what the browser does by itself goes on after its answer, and takes the next click.
     */
    public byte[] picture() {
        if (width == 0) {
            return picture(Map.of("format", "png", "captureBeyondViewport", true, "clip", page()));
        }
        setSize(this.<Long>run("return Math.max(arguments[0], document.documentElement.scrollHeight)", HEIGHT));
        try {
            return picture(Map.of("format", "png"));
        } finally {
            setSize(HEIGHT);
        }
    }

    private byte[] picture(Map<String, Object> how) {
        Map<String, Object> taken = driver.executeCdpCommand("Page.captureScreenshot", how);
        return Base64.getDecoder().decode((String) taken.get("data"));
    }

    private Map<String, Object> page() {
        long width = this.<Long>run("return window.innerWidth");
        long height = this.<Long>run("return document.documentElement.scrollHeight");
        return Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
