package io.spindle.mgmt.testing;

import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** A person at the console, in a headless Chromium: looks, clicks and types by ids and labels. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final int MOST_STOPS = 150;
    private static final String CONTROLS =
            """
            [...document.querySelectorAll('a[href], button, input, select, textarea')]
                .filter(one => !one.disabled && one.checkVisibility())
            """;
    private static final String NAME =
            """
            const name = one => one.id || one.getAttribute('aria-label') || one.textContent.trim()
                || one.value || one.outerHTML;
            """;

    private final ChromeDriver driver;

    private Browser(final ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; nothing, and a line that says so, where Chromium is not installed. */
    public static Optional<Browser> start() {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            System.out.println("Chromium is not installed: the console's stories are left out");
            return Optional.empty();
        }
        final ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--lang=en"));
        final ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build();
        final ChromeDriver driver = new ChromeDriver(service, options);
        final Browser browser = new Browser(driver);
        browser.size(1440, 1000);
        return Optional.of(browser);
    }

    /** Makes the window this wide and high. */
    public void size(final int width, final int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Whether the page has to be scrolled sideways. */
    public boolean overflows() {
        return (boolean) script("return document.documentElement.scrollWidth > innerWidth");
    }

    /** Opens the console and logs in. */
    public void login(final int port, final String key) {
        open(port);
        type("key", key + Keys.ENTER);
        until("tabs", WebElement::isDisplayed);
    }

    /** Opens the console, of which nobody has a key yet. */
    public void open(final int port) {
        driver.get("http://127.0.0.1:" + port + "/");
        problems(); // the page before broke off when its server ended
        script("sessionStorage.clear()");
        driver.navigate().refresh();
        until("key", WebElement::isDisplayed);
    }

    /** Presses keys where the focus is. */
    public void keys(final CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses Tab until the element, told by its id or its label, has the focus. */
    public void tabTo(final String name) {
        for (int i = 0; i < MOST_STOPS; i++) {
            keys(Keys.TAB);
            if (name.equals(script(NAME + "return name(document.activeElement)"))) {
                return;
            }
        }
        throw new AssertionError(name + " is not reached by Tab");
    }

    /** Runs a function's body in the page. */
    public Object script(final String body, final Object... arguments) {
        return driver.executeScript(body, arguments);
    }

    /** Ids or labels of all that can be used of the page as it is shown. */
    public List<String> controls() {
        return texts(script(NAME + "return " + CONTROLS + ".map(name)"));
    }

    /** What a script has returned as a list. */
    public static List<String> texts(final Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    /**
     * Presses Tab from the page's beginning until all that can be used has had the focus.
     *
     * @return what never had it, and what had it with nothing to be seen of that
     */
    public List<String> unreached() {
        script("document.querySelector('.skip').focus()");
        final String stops =
                ".filter(one => one.type !== 'radio' || one.checked)" // a group is one stop
                        + ".filter(one => !one.matches('.skip')).map(name)";
        final Set<String> wanted =
                new TreeSet<>(texts(script(NAME + "return " + CONTROLS + stops)));
        final Set<String> unseen = new TreeSet<>();
        for (int i = 0; i < MOST_STOPS && !wanted.isEmpty(); i++) {
            keys(Keys.TAB);
            final List<String> stop =
                    texts(
                            script(
                                    NAME
                                            + """
                                            const one = document.activeElement;
                                            const shows = one.matches('.segmented input')
                                                ? one.nextElementSibling : one;
                                            const { outlineStyle, outlineWidth } =
                                                getComputedStyle(shows);
                                            const seen = outlineStyle !== 'none'
                                                && parseFloat(outlineWidth) >= 2;
                                            return [name(one), seen];
                                            """));
            if (wanted.remove(stop.getFirst()) && !Boolean.parseBoolean(stop.getLast())) {
                unseen.add(stop.getFirst() + " shows no focus");
            }
        }
        unseen.addAll(wanted);
        return List.copyOf(unseen);
    }

    /** Lets the page's downloads go into a folder. */
    public void downloadInto(final Path folder) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior",
                Map.of("behavior", "allow", "downloadPath", folder.toAbsolutePath().toString()));
    }

    /** Waits until a download is there. */
    public void seeFile(final Path file) {
        waiting(found -> Files.exists(file));
    }

    /** Presses a key where no field has the focus. */
    public void press(final CharSequence key) {
        script("document.activeElement.blur()");
        driver.findElement(By.tagName("body")).sendKeys(key);
    }

    public void click(final String id) {
        until(id, WebElement::isEnabled).click();
    }

    /** Clicks the button that says this, to those who see it or to those who do not. */
    public void clickLabelled(final String label) {
        waiting(
                found -> {
                    found.findElements(By.tagName("button")).stream()
                            .filter(
                                    one ->
                                            label.equals(one.getDomAttribute("aria-label"))
                                                    || label.equals(one.getText()))
                            .filter(WebElement::isDisplayed)
                            .findFirst()
                            .orElseThrow(() -> new NoSuchElementException(label))
                            .click();
                    return true;
                });
    }

    public void type(final String id, final CharSequence text) {
        final WebElement field = until(id, WebElement::isDisplayed);
        field.clear();
        field.sendKeys(text);
    }

    /** Takes the files out of a file field again. */
    public void clear(final String id) {
        script("arguments[0].value = ''", driver.findElement(By.id(id)));
    }

    /** Gives a file to a file field. */
    public void give(final String id, final Path file) {
        driver.findElement(By.id(id)).sendKeys(file.toAbsolutePath().toString());
    }

    public void choose(final String id, final String value) {
        new Select(until(id, WebElement::isDisplayed)).selectByVisibleText(value);
    }

    /** Sets a slider as a person would once it reaches that far, and lets it go. */
    public void slide(final String id, final long value) {
        until(id, element -> Long.parseLong(element.getDomProperty("max")) >= value);
        script(
                "arguments[0].value = arguments[1];"
                        + "arguments[0].dispatchEvent(new Event('change'))",
                driver.findElement(By.id(id)),
                value);
    }

    /** Waits until the element says this. */
    public void see(final String id, final String text) {
        until(id, element -> element.getText().contains(text));
    }

    /** Waits until the element says this no longer. */
    public void seeNot(final String id, final String text) {
        until(id, element -> !element.getText().contains(text));
    }

    /** Waits until the field has something in it. */
    public void seeFilled(final String id) {
        until(id, element -> !element.getDomProperty("value").isEmpty());
    }

    /** Waits until a screen reader is told this of the element. */
    public void seeLabel(final String id, final String text) {
        until(id, element -> element.getDomAttribute("aria-label").contains(text));
    }

    /** Waits until it cannot be pressed. */
    public void seeDisabled(final String id) {
        until(id, element -> !element.isEnabled());
    }

    private WebElement until(final String id, final Predicate<WebElement> condition) {
        try {
            return waiting(
                    found -> {
                        final WebElement element = found.findElement(By.id(id));
                        return condition.test(element) ? element : null;
                    });
        } catch (final TimeoutException late) {
            throw new AssertionError(
                    id + " says: " + driver.findElement(By.id(id)).getText() + "; " + problems(),
                    late);
        }
    }

    private <T> T waiting(final Function<ChromeDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(ignored -> condition.apply(driver));
    }

    /** What the page complained about in the browser's log since it was asked last. */
    public List<String> problems() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Light or dark, and nothing that moves. */
    public void scheme(final String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** What can be used of the page as it is shown, and a screen reader has no name for. */
    public List<String> unnamed() {
        return ((List<?>) script("return " + CONTROLS))
                .stream()
                        .map(WebElement.class::cast)
                        .filter(one -> one.getAccessibleName().isBlank())
                        .map(one -> one.getDomProperty("outerHTML"))
                        .toList();
    }

    /** Takes a picture into {@code target/screenshots}. */
    public void picture(final String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (final IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
