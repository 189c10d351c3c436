package io.assent.testing.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Starts a browser for each static field of the type {@link Browser} that the test class has, before its own
 * {@code @BeforeAll}, and closes it after its {@code @AfterAll}. The class is skipped where there is no browser.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WithBrowser.Fields.class)
public @interface WithBrowser {

    /** Whether its tabs know which of them is in front, for more of the processor. */
    boolean tabs() default false;

    /** Does it. */
    final class Fields implements BeforeAllCallback, AfterAllCallback {

        private static final Namespace NAMESPACE = Namespace.create(WithBrowser.class);

        @Override
        public void beforeAll(ExtensionContext context) throws IllegalAccessException {
            List<Browser> started = new ArrayList<>();
            boolean tabs = context.getRequiredTestClass()
                    .getAnnotation(WithBrowser.class)
                    .tabs();
            context.getStore(NAMESPACE).put(context.getUniqueId(), started);
            for (Field field : context.getRequiredTestClass().getDeclaredFields()) {
                if (field.getType() == Browser.class && Modifier.isStatic(field.getModifiers())) {
                    Browser browser = tabs ? Browser.startWithTabs() : Browser.start();
                    started.add(browser);
                    field.setAccessible(true);
                    field.set(null, browser);
                }
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public void afterAll(ExtensionContext context) {
            ((List<Browser>) context.getStore(NAMESPACE).get(context.getUniqueId())).forEach(Browser::close);
        }
    }
}
