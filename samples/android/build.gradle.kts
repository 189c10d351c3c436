// Not built in this repository: the Android SDK and Firebase's SDK are not there. See ../README.md.
plugins {
    id("com.android.application")
    id("org.jetbrains.kotlin.android")
    // with google-services.json of your Firebase project
    id("com.google.gms.google-services")
}

android {
    namespace = "io.assent.sample.android"
    compileSdk = 36
    defaultConfig {
        applicationId = "io.assent.sample.android"
        // keys that take a finger, a face or the phone's PIN, and say which it was
        minSdk = 30
        targetSdk = 36
    }
    // the platform-independent part, which is tested on the JVM
    sourceSets["main"].kotlin.srcDir("../kotlin-core/src/main/kotlin")
    kotlin { jvmToolchain(17) }
}

dependencies {
    implementation("com.google.firebase:firebase-messaging")
    implementation("org.jetbrains.kotlinx:kotlinx-serialization-json:1.12.0")
}
